// Loads a package and listens, as a user's CommonJS file does, and prints the CPU time of the process.

const { join } = require('node:path');

const [, , name, dist] = process.argv;

const starts = {
  async emulator() {
    const { startEmulator } = require(join(dist, 'index.cjs'));
    await startEmulator();
  },
  express() {
    const express = require('express');
    const app = express();
    app.use(express.json());
    app.get('/users/:id', (request, response) => response.json({ id: request.params.id }));
    return new Promise((resolve) => app.listen(0, '127.0.0.1', resolve));
  },
  http() {
    const { createServer } = require('node:http');
    return new Promise((resolve) => createServer().listen(0, '127.0.0.1', resolve));
  },
};

starts[name]().then(() => {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: (user + system) / 1000 }));
  process.exit();
});
