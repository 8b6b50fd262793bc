// Opens and closes servers in turns, and prints how long each took.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express from 'express';

const { dist, count } = JSON.parse(process.argv[2]);
const { createEmulator } = createRequire(import.meta.url)(join(dist, 'index.cjs'));

const turns = {
  async emulator() {
    const emulator = createEmulator();
    await emulator.listen();
    await emulator.close();
  },
  async express() {
    const app = express();
    app.use(express.json());
    app.get('/users/:id', (request, response) => response.json({ id: request.params.id }));
    const server = createServer(app);
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  },
};

const millis = { emulator: [], express: [] };
const warmUp = 20;
for (let round = 0; round < count + warmUp; round++) {
  for (const name of round % 2 === 0 ? ['emulator', 'express'] : ['express', 'emulator']) {
    const at = performance.now();
    await turns[name]();
    if (round >= warmUp) millis[name].push(performance.now() - at);
  }
}
console.log(JSON.stringify(millis));
