import { EventEmitter } from 'node:events';
import { runCommand, type Terminal } from '../../src/cli/cli.ts';

/** A process that keeps its output and can receive signals. */
export class FakeProcess extends EventEmitter implements Terminal {
  readonly argv: string[];
  env: NodeJS.ProcessEnv = {};
  platform: NodeJS.Platform = 'linux';
  exitCode?: number;
  exited: number | undefined;
  out = '';
  err = '';
  readonly stdout = output((text) => (this.out += text));
  readonly stderr = output((text) => (this.err += text));

  exit(code: number): void {
    this.exited = code;
  }

  constructor(...args: string[]) {
    super();
    this.argv = ['node', 'cloud-elements-emulator', ...args];
  }
}

/** A stream as far as the command needs one. */
function output(write: (text: string) => unknown) {
  return Object.assign(new EventEmitter(), { write });
}

const running: FakeProcess[] = [];
afterEach(() => {
  for (const terminal of running.splice(0)) terminal.emit('SIGTERM');
});

/** Runs the command until it has started, or is done; what still runs after the test is ended. */
export async function run(...args: string[]): Promise<FakeProcess> {
  return runIn({}, ...args);
}

/** The same in another environment. */
export async function runIn(env: NodeJS.ProcessEnv, ...args: string[]): Promise<FakeProcess> {
  const terminal = new FakeProcess(...args);
  terminal.env = env;
  running.push(terminal);
  await runCommand(terminal);
  return terminal;
}
