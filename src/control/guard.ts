import type { IncomingMessage } from 'node:http';
import { FenceError } from './errors.ts';

const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Lets only this machine at the control endpoints, which tell secrets: the `Host` must be its
 * own (a page elsewhere can point a name of its own here), and an `Origin`, which browsers
 * send, must be the emulator's.
 *
 * @param allowHosts further host names that are the machine's.
 * @returns checks a request; a page, which tells nothing by itself, may be visited by a link from anywhere.
 */
export function fence(allowHosts: readonly string[]): (request: IncomingMessage, isPage: boolean) => void {
  for (const name of allowHosts) {
    if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(name)) {
      throw new Error(`'${name}' is no host name to allow: write it without scheme and port, such as emulator.local.`);
    }
  }
  const names = new Set([...ownNames, ...allowHosts.map(hostName)]);
  return ({ headers }, isPage) => {
    const host = headers.host ?? '';
    if (!names.has(hostName(host))) {
      throw new FenceError(`Host '${host}' is not this machine: start the emulator with --allow-host to allow it.`);
    }
    // An image or a frame of another page sends no Origin.
    if (headers['sec-fetch-site'] === 'cross-site' && !(isPage && isVisit(headers))) {
      throw new FenceError('A page of another site asks: the control endpoints answer no other pages.');
    }
    const { origin } = headers;
    if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
      throw new FenceError(`Origin '${origin}' is foreign: the control endpoints answer no other pages.`);
    }
  };
}

/** A person follows a link, in a window of its own and not in a frame. */
function isVisit(headers: IncomingMessage['headers']): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
