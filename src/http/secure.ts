import type { RequestListener, Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';

/** A certificate and its private key, in PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** Makes a server that speaks HTTPS. */
export function createSecureServer(options: ServerOptions & KeyPair, listener: RequestListener): Server {
  // Loaded only here, so that a start without HTTPS does not wait for it.
  const https: typeof import('node:https') = require('node:https');
  const server = https.createServer(options, listener);
  makeResettable(server);
  return server;
}

/** Lets `resetAndDestroy` of an encrypted connection reset the connection below it, which Node refuses. */
function makeResettable(server: Server): void {
  const below = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const id = idOf(socket);
    below.set(id, socket);
    socket.once('close', () => {
      // A later connection can have the same port.
      if (below.get(id) === socket) below.delete(id);
    });
  });
  server.on('secureConnection', (socket: Socket) => {
    const plain = below.get(idOf(socket));
    socket.resetAndDestroy = () => {
      plain?.resetAndDestroy();
      return socket.destroy();
    };
  });
}

function idOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
