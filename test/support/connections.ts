import { connect, type Socket } from 'node:net';
import { AnswerReader, type Received } from './answer-reader.ts';

/** Connections that wait for another request, by port. They are open until the end of the test file. */
const idle = new Map<number, Socket[]>();
const open = new Set<Socket>();
afterAll(closeConnections);

export function closeConnections(): void {
  for (const socket of open) socket.destroy();
}

/**
 * Sends the bytes of one request of HTTP/1.1 to this machine, over a connection that is open already if there is one. It is
 * a client as plain as a test needs: those of Node and supertest take several times as long as the emulator's answer.
 *
 * @throws {Error} (it rejects) with the code ECONNRESET when the connection ends before the answer.
 */
export function exchange(port: number, method: string, bytes: Buffer): Promise<Received> {
  return new Promise((resolve, reject) => {
    const socket = idle.get(port)?.pop() ?? openSocket(port);
    const reader = new AnswerReader(method);
    const done = (settle: () => void) => {
      socket.off('data', onData).off('close', onClose).off('error', onError);
      settle();
    };
    const onData = (data: Buffer) => {
      const answer = reader.add(data);
      if (answer === undefined) return;
      if (answer.headers.connection === 'close') socket.destroy();
      else keep(port, socket);
      done(() => resolve(answer));
    };
    const onClose = () => {
      const answer = reader.end();
      const hangUp = () => reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      done(answer === undefined ? hangUp : () => resolve(answer));
    };
    const onError = (error: Error) => done(() => reject(error));
    socket.on('data', onData).on('close', onClose).on('error', onError);
    socket.write(bytes);
  });
}

function openSocket(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  open.add(socket);
  socket.on('close', () => {
    open.delete(socket);
    const waiting = idle.get(port) ?? [];
    idle.set(
      port,
      waiting.filter((other) => other !== socket),
    );
  });
  // Of a connection that waits; `exchange` handles those of a request.
  socket.on('error', () => undefined);
  return socket;
}

function keep(port: number, socket: Socket): void {
  const waiting = idle.get(port);
  if (waiting === undefined) idle.set(port, [socket]);
  else waiting.push(socket);
}
