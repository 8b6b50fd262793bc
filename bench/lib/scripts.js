// Scripts that measure in their own process, and print the results as JSON.

import { spawn } from 'node:child_process';
import { freePort, startServer } from './processes.js';

/** Runs a script to its end and reads its last line as JSON. */
export function runScript(args, { cwd, env = {}, seconds = 120 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: seconds * 1000,
    });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr = (stderr + chunk).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.removeListener('exit', end);
      try {
        if (code !== 0) throw new Error(`ended with ${code ?? signal}`);
        resolve(JSON.parse(stdout.trim().split('\n').at(-1)));
      } catch (error) {
        reject(new Error(`node ${args.join(' ').slice(0, 300)}: ${error.message}\n${stderr}`));
      }
    });
  });
}

/** Milliseconds from the start of a command to its first answer. */
export async function millisToFirstAnswer(launch, first, cwd) {
  const port = await freePort();
  const { args, env } = launch(port);
  const server = await startServer(args, { port, cwd, env, first });
  await server.stop();
  return server.millis;
}
