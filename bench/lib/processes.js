// Servers as child processes: starts them on a free port, waits for them, and stops them by their process ids.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { connect, send } from './load.js';

/** The running process groups: commands may have child processes. */
const groups = new Set();

// End them whenever the benchmark ends.
process.on('exit', () => {
  for (const pid of groups) kill(pid, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/**
 * Starts a server and waits until it answers `first`.
 *
 * @param {string[]} args of node
 * @param {{ port: number, cwd: string, first: import('./load.js').Call, env?: Record<string, string>, seconds?: number, probed?: boolean }} options
 *   `probed` servers report their memory, through servers/probe.js.
 * @returns {Promise<{ pid: number, origin: string, millis: number, stop: () => Promise<void>, ask: (what: string) => Promise<any> }>}
 *   `millis` from the start of the process to the first answer.
 */
export async function startServer(args, { port, cwd, first, env = {}, seconds = 60, probed = false }) {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', ...(probed ? ['ipc'] : [])],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  groups.add(child.pid);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr = (stderr + chunk).slice(-2000);
  });
  let ended = false;
  const end = new Promise((resolve) =>
    child.once('exit', () => {
      ended = true;
      groups.delete(child.pid);
      resolve();
    }),
  );
  const stop = async () => {
    if (!ended) kill(child.pid, 'SIGTERM');
    const timer = setTimeout(() => kill(child.pid, 'SIGKILL'), 3000);
    await end;
    clearTimeout(timer);
  };

  const ask = (what) => {
    child.send(what);
    return Promise.race([
      new Promise((resolve) => child.once('message', resolve)),
      end.then(() => {
        throw new Error(`A server ended before it reported its memory.\n${stderr}`);
      }),
    ]);
  };

  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(origin, first))) {
    if (ended) throw new Error(`A server ended before it answered: node ${args.join(' ')}\n${stderr}`);
    if (performance.now() - began > seconds * 1000) {
      await stop();
      throw new Error(`A server did not answer in ${seconds} s: node ${args.join(' ')}\n${stderr}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return { pid: child.pid, origin, millis: performance.now() - began, stop, ask };
}

/**
 * A free port, below the range that the system gives to clients: a client that tries such a port again and again can
 * be given the same port as its own, and connects to itself.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function answers(origin, call) {
  const pool = connect(origin, 1);
  try {
    const { status } = await send(pool, call, false);
    return status >= 200 && status <= 299;
  } catch {
    return false;
  } finally {
    await pool.destroy();
  }
}

function kill(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The process has ended.
  }
}
