import type { IncomingMessage } from 'node:http';
import { ForbiddenError } from '../http/errors.ts';
import { originOf } from '../http/origin.ts';

const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Opens the control endpoints, which show secrets, to this machine only. `Host` must name this machine, because the
 * owner of another site can point a name at 127.0.0.1. `Origin`, which browsers send, must be the emulator's.
 *
 * @param allowHosts further host names of this machine.
 * @returns checks a request. A page contains no secrets, and a link on another site may lead to it.
 * @throws {Error} for a text that is not a host name.
 */
export function createGuard(allowHosts: readonly string[]): (request: IncomingMessage, isPage: boolean) => void {
  for (const name of allowHosts) {
    if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(name)) {
      throw new Error(
        `'${name}' is not a host name to allow: write it without scheme and port, such as emulator.local.`,
      );
    }
  }
  const names = new Set([...ownNames, ...allowHosts.map(hostName)]);
  return (request, isPage) => {
    const { headers } = request;
    const host = headers.host ?? '';
    if (!names.has(hostName(host))) {
      throw new ForbiddenError(`Host '${host}' is not this machine: start the emulator with --allow-host to allow it.`);
    }
    // Images and frames of another page send no Origin.
    if (lowerCase(headers['sec-fetch-site']) === 'cross-site' && !(isPage && isVisit(headers))) {
      throw new ForbiddenError('A page of another site asks: the control endpoints answer no other pages.');
    }
    const { origin } = headers;
    if (origin !== undefined && origin.toLowerCase() !== originOf(request).toLowerCase()) {
      throw new ForbiddenError(`Origin '${origin}' is foreign: the control endpoints answer no other pages.`);
    }
  };
}

/** Whether a person follows a link in a window, not in a frame. */
function isVisit(headers: IncomingMessage['headers']): boolean {
  return lowerCase(headers['sec-fetch-mode']) === 'navigate' && lowerCase(headers['sec-fetch-dest']) === 'document';
}

/** Browsers send these values in lower case; a proxy may change that. */
function lowerCase(value: string | string[] | undefined): string {
  return String(value).toLowerCase();
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
