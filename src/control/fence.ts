import type { IncomingMessage } from 'node:http';
import { FenceError } from './errors.ts';

const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Lets only this machine at the control endpoints, which tell secrets: the `Host` must be its
 * own (a page elsewhere can point a name of its own here), and an `Origin`, which browsers
 * send, must be the emulator's.
 *
 * @param allowHosts further host names that are the machine's.
 */
export function fence(allowHosts: readonly string[]): (request: IncomingMessage) => void {
  for (const name of allowHosts) {
    if (!/^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(name)) {
      throw new Error(`'${name}' is no host name to allow: write it without scheme and port, such as emulator.local.`);
    }
  }
  const names = new Set([...ownNames, ...allowHosts.map(hostName)]);
  return ({ headers }) => {
    const host = headers.host ?? '';
    if (!names.has(hostName(host))) {
      throw new FenceError(`Host '${host}' is not this machine: start the emulator with --allow-host to allow it.`);
    }
    // An image or a frame of another page sends no Origin.
    if (headers['sec-fetch-site'] === 'cross-site') {
      throw new FenceError('A page of another site asks: the control endpoints answer no other pages.');
    }
    const { origin } = headers;
    if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
      throw new FenceError(`Origin '${origin}' is foreign: the control endpoints answer no other pages.`);
    }
  };
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
