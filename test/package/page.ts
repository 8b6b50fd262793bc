import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from '../support/free-port.ts';
import { type Block, isIn, root } from '../support/markdown.ts';
import { type Run, run } from './install.ts';

/** Follows a page in a folder, as a reader would: block after block. */
export class Reader {
  /** What the last commands of a shell printed. */
  output = '';
  readonly #folder: string;
  readonly #pins: ReadonlyMap<string, string>;
  readonly #port: string;
  readonly #tests = new Map<string, string[]>();
  #stop: () => Promise<unknown> = async () => undefined;

  private constructor(folder: string, pins: ReadonlyMap<string, string>, port: string) {
    this.#folder = folder;
    this.#pins = pins;
    this.#port = port;
  }

  /**
   * @param pins what is installed in place of the newest version of packages, by their names.
   */
  static async in(folder: string, pins: ReadonlyMap<string, string> = new Map()): Promise<Reader> {
    return new Reader(folder, pins, String(await freePort()));
  }

  /** @throws {Error} with its output when a block does not do what it says. */
  async follow(block: Block): Promise<void> {
    const { language, text, line } = block;
    switch (language) {
      case 'js':
      case 'ts':
        return this.#script(block);
      case 'json':
        writeFileSync(join(this.#folder, block.file ?? `block-${line}.json`), text);
        return;
      case 'python':
        return this.#must('python3', '-c', this.#here(text));
      case 'sh':
        return this.#shell(text);
      case 'text':
        for (const expected of text.trim().split('\n')) {
          if (!isIn(this.output, expected)) throw new Error(`'${expected}' is not in: ${this.output}`);
        }
        return;
      case 'yaml':
        return await this.#workflow(parse(text));
      case 'ceql':
        return; // test/docs/blocks.test.ts asks for it
      case 'log':
        return; // test/docs/troubleshooting.test.ts provokes it
      default:
        throw new Error(`nobody knows how to follow ${language}`);
    }
  }

  /** Starts the command for what comes next, in place of the one before. */
  async start(...args: string[]): Promise<void> {
    await this.end();
    const bin = join(this.#folder, 'node_modules/.bin/cloud-elements-emulator');
    const env = { PATH: process.env.PATH, CE_EMULATOR_PORT: this.#port };
    const child = spawn(bin, args, { cwd: this.#folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    this.#stop = () => {
      child.kill('SIGTERM');
      return exit;
    };
    const started = await Promise.race([once(child.stdout, 'data'), exit.then(() => undefined)]);
    if (started === undefined) throw new Error(`cloud-elements-emulator ${args.join(' ')} ended early`);
  }

  /** Ends the command, if one is running. */
  async end(): Promise<void> {
    await this.#stop();
    this.#stop = async () => undefined;
  }

  /** Runs the tests that the page has by their runners, and gives how many files there are. */
  test(): number {
    for (const [runner, files] of this.#tests) this.#must('npx', ...runner.split(' '), ...files);
    return [...this.#tests.values()].flat().length;
  }

  #script({ language, text, line, file }: Block): void {
    const runner = runnerOf(text);
    const isModule = /^import /m.test(text);
    const extension = `${isModule && language === 'js' ? 'm' : ''}${language}`;
    const name = file ?? `block-${line}${runner === undefined ? '' : '.test'}.${extension}`;
    writeFileSync(join(this.#folder, name), text);
    if (runner !== undefined) this.#tests.set(runner, [...(this.#tests.get(runner) ?? []), name]);
    else if (file === undefined) this.#program(name);
  }

  /** A program without a name is run to its end. */
  #program(name: string): void {
    const compiled = `${name}.mjs`;
    this.#must(join(root, 'node_modules/.bin/esbuild'), name, '--format=esm', `--outfile=${compiled}`);
    this.#must('node', compiled);
  }

  async #shell(text: string): Promise<void> {
    const [, args] = /^npx cloud-elements-emulator(?! (?:fixture|openapi|compare))(.*)\n$/.exec(this.#here(text)) ?? [];
    if (args !== undefined) return this.start(...args.split(' ').filter(Boolean));
    const pinned = (line: string) => line.replace(/(?<= )[\w@/-]+/g, (name) => this.#pins.get(name) ?? name);
    const local = text.replace(/^npm install .*$/gm, pinned);
    this.#must('bash', '-ec', this.#here(local));
  }

  /** The steps of a GitHub workflow that are commands; what runs in the background must live until their end. */
  async #workflow({ jobs = {} }: Workflow): Promise<void> {
    // One that the page has started would answer in place of the workflow's own.
    await this.end();
    for (const { steps } of Object.values(jobs)) {
      const commands = steps.flatMap(({ run: command, env = {}, if: when }) => {
        if (command === undefined || when !== undefined) return [];
        const settings = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
        return [...settings, command];
      });
      // By its process group: npx does not hand the signal on to what it runs.
      const background = "set -m\ntrap 'kill -- -$(jobs -p)' EXIT";
      this.#must('bash', '-ec', this.#here(`${background}\n${commands.join('\n')}\n`));
    }
  }

  /** The command's usual port may be taken on this machine. */
  #here(text: string): string {
    return text.replace(/(:|--port )4600\b/g, `$1${this.#port}`);
  }

  #must(command: string, ...args: string[]): void {
    const { status, output }: Run = run(
      this.#folder,
      'env',
      `CE_EMULATOR_PORT=${this.#port}`,
      `CURL_HOME=${this.#folder}`,
      command,
      ...args,
    );
    this.output = output;
    if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed: ${output}`);
  }
}

interface Workflow {
  readonly jobs?: Record<
    string,
    { readonly steps: { readonly run?: string; readonly env?: Record<string, string>; readonly if?: string }[] }
  >;
}

/** How the tests of a file are run; `undefined` when there are none. */
function runnerOf(text: string): string | undefined {
  if (/^describe\(/m.test(text) && /^ {2}it\(/m.test(text)) return 'mocha';
  if (!/^test\(/m.test(text)) return undefined;
  if (/from 'vitest'/.test(text)) return 'vitest run';
  return /from 'node:test'/.test(text) ? 'node --test' : 'jest';
}
