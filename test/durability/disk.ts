import fs from 'node:fs';
import { dirname } from 'node:path';

/** The steps of creating a file, in their order: the data file, or the log with its first change. */
export const makeSteps = ['open draft', 'write draft', 'sync draft', 'close draft', 'link', 'sync directory'] as const;

/** The steps of appending a change to an existing log, in their order. */
export const appendSteps = ['open log', 'append', 'sync log'] as const;

/** The steps of rewriting the data file, in their order; the mark in the log comes between them. */
export const rewriteSteps = [
  ...['open draft', 'write draft', 'sync draft', 'close draft', ...appendSteps],
  ...['link', 'rename', 'sync directory', 'remove log', 'sync removal'],
] as Step[];

/** The last one is cutting a failed line off the log. */
export type Step =
  | (typeof makeSteps)[number]
  | (typeof appendSteps)[number]
  | 'rename'
  | 'remove log'
  | 'sync removal'
  | 'cut log';

type Call = (...given: readonly unknown[]) => unknown;

/** The failure, until `mend()`. */
export interface Failure {
  readonly step: Step;
  readonly code: string;
  /** Only the first part of the text arrives before the failure. */
  readonly isPartial?: boolean;
  /** How often; default: until `mend()`. */
  readonly times?: number;
}

/** An error as Node makes it: of the realm outside of Jest's, in which `instanceof Error` does not hold. */
function nodeError(code: string, call: string, path: string): unknown {
  try {
    fs.accessSync('/nowhere/at/all');
  } catch (error) {
    const message = `${code}: injected by the harness, ${call} '${path}'`;
    return Object.assign(Object(error), { code, message, syscall: call, path });
  }
  throw new Error('there is no such place');
}

/**
 * The disk under one data file: it sees every step of a write, and lets it fail.
 *
 * It replaces functions of node:fs, only for this file and its log, until `restore()`.
 */
export class Disk {
  /** The steps that were taken, in their order. */
  readonly seen: Step[] = [];
  /** How often each step was made to fail. */
  readonly hits = new Map<Step, number>();
  /** Called before each step. */
  onStep: ((step: Step) => void) | undefined;
  /** Called after each step. */
  onDone: ((step: Step) => void) | undefined;
  /** The kind of each open descriptor: a draft, the log, or the directory. */
  readonly #open = new Map<unknown, 'draft' | 'log' | 'directory'>();
  #failure: Failure | undefined;
  readonly #restores: (() => void)[] = [];

  constructor(path: string) {
    const log = `${path}.log`;
    const isDraft = (given: unknown) =>
      typeof given === 'string' &&
      given.startsWith(path) &&
      /^(\.log)?\.[\da-f-]{36}\.tmp$/.test(given.slice(path.length));
    // Steps of the lock are not counted: its directory is that of the other files, and counts only after a step of
    // theirs.
    const isTheirs = (given: unknown) => given === dirname(path) && this.seen.length > 0;
    const last = () => this.seen.at(-1);
    this.#replace('openSync', ([given, flags]) => {
      if (isDraft(given)) return 'open draft';
      return given === log && typeof flags === 'number' ? 'open log' : undefined;
    });
    this.#replace('writeFileSync', ([given]) => this.#by(given, { draft: 'write draft', log: 'append' }));
    this.#replace('fsyncSync', ([given]) =>
      this.#by(given, { draft: 'sync draft', directory: last() === 'remove log' ? 'sync removal' : 'sync directory' }),
    );
    this.#replace('fdatasyncSync', ([given]) => this.#by(given, { log: 'sync log' }));
    this.#replace('ftruncateSync', ([given]) => this.#by(given, { log: 'cut log' }));
    this.#replace('closeSync', ([given]) => this.#by(given, { draft: 'close draft' }));
    this.#replace('linkSync', ([given]) => (isDraft(given) || given === path ? 'link' : undefined));
    // Undoing a failed step is not a separate step.
    this.#replace('renameSync', ([given]) => {
      if (given === log) return 'remove log';
      return isDraft(given) && last() === 'link' ? 'rename' : undefined;
    });
    this.#watch(isDraft, isTheirs, log);
  }

  fail(failure: Failure): void {
    this.#failure = failure;
  }

  mend(): void {
    this.#failure = undefined;
  }

  restore(): void {
    // The latest first: some functions are replaced several times.
    for (const restore of this.#restores.splice(0).reverse()) restore();
  }

  #by(file: unknown, steps: { draft?: Step; log?: Step; directory?: Step }): Step | undefined {
    const what = this.#open.get(file);
    return what && steps[what];
  }

  /** The error of a step that has to fail. */
  #failureOf(step: Step): Failure | undefined {
    this.seen.push(step);
    const failure = this.#failure;
    if (failure?.step !== step) return undefined;
    const hits = (this.hits.get(step) ?? 0) + 1;
    this.hits.set(step, hits);
    if (failure.times !== undefined && hits >= failure.times) this.#failure = undefined;
    return failure;
  }

  /** @param stepOf the step that a call is, if it is one. */
  #replace(name: string, stepOf: (given: readonly unknown[]) => Step | undefined): void {
    this.#wrap(name, (original) => (...given) => {
      const step = stepOf(given);
      if (step === undefined) return original(...given);
      this.onStep?.(step);
      const failure = this.#failureOf(step);
      if (failure?.isPartial) original(given[0], String(given[1]).slice(0, 100));
      // A descriptor is closed even if closing it reports an error.
      const value = failure === undefined || step === 'close draft' ? original(...given) : undefined;
      if (failure !== undefined) throw nodeError(failure.code, name, String(given[0]));
      this.onDone?.(step);
      return value;
    });
  }

  /** Maps descriptors to their files. */
  #watch(isDraft: (given: unknown) => boolean, isTheirs: (given: unknown) => boolean, log: string): void {
    this.#wrap('openSync', (original) => (...given) => {
      const file = original(...given);
      if (isDraft(given[0])) this.#open.set(file, 'draft');
      else if (given[0] === log) this.#open.set(file, 'log');
      else if (isTheirs(given[0])) this.#open.set(file, 'directory');
      return file;
    });
    this.#wrap('closeSync', (original) => (...given) => {
      try {
        return original(...given);
      } finally {
        this.#open.delete(given[0]);
      }
    });
  }

  #wrap(name: string, replacement: (original: Call) => Call): void {
    const original: unknown = Reflect.get(fs, name);
    if (typeof original !== 'function') throw new Error(`node:fs has no ${name}`);
    const call: Call = (...given) => Reflect.apply(original, fs, [...given]);
    Reflect.set(fs, name, Object.assign(replacement(call), original));
    this.#restores.push(() => Reflect.set(fs, name, original));
  }
}
