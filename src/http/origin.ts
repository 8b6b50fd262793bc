import type { IncomingMessage } from 'node:http';

/** The origin by which a request reached this server, such as `https://127.0.0.1:4600`. */
export function originOf({ headers, socket }: IncomingMessage): string {
  const isSecure = 'encrypted' in socket && socket.encrypted === true;
  return `${isSecure ? 'https' : 'http'}://${headers.host ?? ''}`;
}
