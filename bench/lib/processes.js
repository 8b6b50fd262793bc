// Servers as child processes: started on a free port, waited for, and stopped by the ids that we were given.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { connect, send } from './load.js';

/** Process groups that are running: commands may have children of their own. */
const groups = new Set();

// Whatever ends the bench ends them too.
process.on('exit', () => {
  for (const pid of groups) kill(pid, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/**
 * Starts a server and waits until it answers `first`.
 *
 * @param {string[]} args of node
 * @param {{ port: number, cwd: string, first: import('./load.js').Call, env?: Record<string, string>, seconds?: number, probed?: boolean }} options
 *   `probed` servers are asked about their memory, through servers/probe.js.
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
        throw new Error(`A server ended before it told of its memory.\n${stderr}`);
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
 * A port that nobody has at the moment, below those that the system gives to clients: who asks such a one again and
 * again whether somebody listens there ends up talking to himself.
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
    // It has gone.
  }
}
