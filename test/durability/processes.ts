import { type ChildProcess, type ForkOptions, fork, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions } from '../../src/index.ts';

/** A folder that all users can read, for the files of one test file. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * The sources, bundled into a folder: the package's main module and its command.
 *
 * @param how `eager` for a data file that is rewritten as often as possible, `impatient` for short watches of a lock.
 */
export function bundle(folder: string, how: '' | 'eager' | 'impatient' = ''): { index: string; cli: string } {
  const script = join(__dirname, 'bundle.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, folder, how], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the bundle failed: ${stderr}`);
  return { index: join(folder, 'index.cjs'), cli: join(folder, 'cli.cjs') };
}

/** A child has its own environment, without variables of this test run. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _env, NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
  return env;
}

/** The address of an emulator in another process, and the authorization of its administrator. */
export interface Place {
  readonly url: string;
  readonly authorization: string;
}

/** Runs a command as process 1 of a separate namespace, as in a container; it ends with its parent. */
const unshare = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Whether namespaces can be made here: only on Linux, and not in most containers. */
export function hasNamespaces(): boolean {
  return spawnSync('unshare', [...unshare, 'true']).status === 0;
}

/** An emulator in another process; loaded, and started when asked. */
export class Child {
  readonly process: ChildProcess;
  readonly #isApart: boolean;
  readonly #exit: Promise<unknown>;
  readonly #loaded: Promise<unknown>;

  /**
   * @param index the bundled package.
   * @param isApart whether it is in a separate namespace.
   */
  constructor(index: string, isApart = false) {
    const apart: ForkOptions = { execPath: 'unshare', execArgv: [...unshare, process.execPath] };
    const options = { env: ownEnvironment(), ...(isApart ? apart : { execArgv: [] }) };
    this.process = fork(join(__dirname, 'child.cjs'), [index], options);
    this.#isApart = isApart;
    this.#exit = once(this.process, 'exit');
    this.#loaded = once(this.process, 'message');
  }

  loaded(): Promise<unknown> {
    return this.#loaded;
  }

  /** Starts the emulator. @returns its address, or the message with which the start was refused. */
  async start(options: EmulatorOptions, as?: number): Promise<Place | string> {
    await this.#loaded;
    const answer = once(this.process, 'message');
    this.process.send({ options, as });
    const ended = this.#exit.then(() => [{ refused: 'the process ended' }]);
    const [message]: (Place | { refused: string })[] = await Promise.race([answer, ended]);
    if (message === undefined) throw new Error('a message is one argument');
    return 'refused' in message ? message.refused : message;
  }

  /** The same, for a start that must succeed. */
  async place(options: EmulatorOptions): Promise<Place> {
    const place = await this.start(options);
    if (typeof place === 'string') throw new Error(`the start was refused: ${place}`);
    return place;
  }

  /** Sends a signal to the emulator itself. */
  signal(signal: NodeJS.Signals): void {
    const { pid = 0 } = this.process;
    const within = () => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
    process.kill(this.#isApart ? within() : pid, signal);
  }

  /** Closes the emulator; resolves when its process has ended. */
  async close(): Promise<void> {
    this.process.send({ close: true });
    await this.#exit;
  }

  /** Kills it without warning; resolves when it has ended. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.#exit;
  }
}

/** The command as a process: where it listens, and how it ends. */
export async function startCommand(cli: string, args: readonly string[], options: SpawnOptions = {}) {
  const command = spawn(process.execPath, [cli, '--port', '0', '--log', 'error', ...args], {
    ...options,
    env: ownEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  command.stderr?.on('data', (data) => (errors += data));
  const exit = once(command, 'exit').then(([code, signal]) => ({ code, signal, errors }));
  const greeted = new Promise<void>((resolve) => {
    command.stdout?.on('data', (data) => {
      output += data;
      if (/ {2}curl .*\n/.test(output)) resolve();
    });
  });
  await Promise.race([greeted, exit]);
  const [, authorization = '', url = ''] = / {2}curl -H 'Authorization: (.+)' (http.+)\/accounts\n/.exec(output) ?? [];
  return { command, exit, url, authorization };
}

/** Writes the counts of a harness to `FIGURES_DIR`. */
export function writeFigures(name: string, figures: object): void {
  const folder = process.env.FIGURES_DIR;
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
}

/** A folder for a test file, removed at its end with all that was started. */
export function useFolder(name: string): string {
  const folder = temporaryFolder(name);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The seed of a run: another one with DURABILITY_SEED or FC_SEED in the environment. */
export const seed = Number(process.env.DURABILITY_SEED ?? process.env.FC_SEED ?? 20170115);

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomNumbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
