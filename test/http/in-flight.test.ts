import { once } from 'node:events';
import { createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InFlight } from '../../src/http/in-flight.ts';

/** A response under way, of a client that waits for it. */
async function respond(): Promise<{ response: ServerResponse; end(): void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ port, agent: false });
  request.on('error', () => undefined);
  const [, response]: [unknown, ServerResponse] = (await once(server, 'request')) as [unknown, ServerResponse];
  return {
    response,
    end: () => {
      request.destroy();
      server.close();
    },
  };
}

test('a delay that begins while a change of the whole state waits for its request ends at once', async () => {
  const inFlight = new InFlight();
  const { response, end } = await respond();
  try {
    expect(inFlight.enter(response)).toBeUndefined();
    const reset = inFlight.exclusively(() => 'done');
    // The change has begun to wait by then.
    await new Promise((resolve) => setImmediate(resolve));
    await inFlight.delay(600_000, response);
    // Not because the change gave up waiting, and cut the connection.
    expect(response.destroyed).toBe(false);
    response.end();
    expect(await reset).toBe('done');
    expect(response.destroyed).toBe(true);
    expect(response.writableFinished).toBe(true);
  } finally {
    end();
  }
});
