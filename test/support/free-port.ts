import { once } from 'node:events';
import { createServer } from 'node:net';

/** Each of Jest's processes has its own range. */
const first = 20_000 + 200 * Number(process.env.JEST_WORKER_ID ?? 0);
let tried = 0;

/**
 * A port that nobody listens on. It is below those that a system gives out for port 0, which
 * another test could be given in the meantime.
 */
export async function freePort(): Promise<number> {
  const port = first + (tried % 200);
  tried += 1;
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}
