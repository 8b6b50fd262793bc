import fs from 'node:fs';
import { dirname } from 'node:path';

/** The steps of making a file that is not there yet, in their order: the data file, or the log with its first change. */
export const makeSteps = ['open draft', 'write draft', 'sync draft', 'close draft', 'link', 'sync directory'] as const;

/** The steps of keeping a change in a log that is there, in their order. */
export const appendSteps = ['open log', 'append', 'sync log'] as const;

/** The steps of writing the data file anew, in their order; the mark in the log comes between them. */
export const rewriteSteps = [
  ...['open draft', 'write draft', 'sync draft', 'close draft', ...appendSteps],
  ...['link', 'rename', 'sync directory', 'remove log', 'sync removal'],
] as Step[];

/** The last one is taking what failed off the log again. */
export type Step =
  | (typeof makeSteps)[number]
  | (typeof appendSteps)[number]
  | 'rename'
  | 'remove log'
  | 'sync removal'
  | 'cut log';

type Call = (...given: readonly unknown[]) => unknown;

/** What is to go wrong, until it is mended. */
export interface Failure {
  readonly step: Step;
  readonly code: string;
  /** Only the first part of the text arrives before the failure. */
  readonly isPartial?: boolean;
  /** How often; else until mended. */
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
 * It takes the place of functions of node:fs, for this file and its log alone, until `restore()`.
 */
export class Disk {
  /** The steps that were taken, in their order. */
  readonly seen: Step[] = [];
  /** How often each step was made to fail. */
  readonly hits = new Map<Step, number>();
  /** Told of each step, before it is taken. */
  onStep: ((step: Step) => void) | undefined;
  /** Told of each step, once it is taken. */
  onDone: ((step: Step) => void) | undefined;
  /** What descriptors are open of: a draft, the log, or the directory. */
  readonly #open = new Map<unknown, 'draft' | 'log' | 'directory'>();
  #failure: Failure | undefined;
  readonly #restores: (() => void)[] = [];

  constructor(path: string) {
    const log = `${path}.log`;
    const isDraft = (given: unknown) =>
      typeof given === 'string' &&
      given.startsWith(path) &&
      /^(\.log)?\.[\da-f-]{36}\.tmp$/.test(given.slice(path.length));
    // Of the lock, nothing is seen: its directory is that of the others, and is only looked at after a step of theirs.
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
    // Taking back what failed is no step of its own.
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

  /** What a step is to end with instead, when it is to fail. */
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
      // A descriptor is gone even if closing it tells of an error.
      const value = failure === undefined || step === 'close draft' ? original(...given) : undefined;
      if (failure !== undefined) throw nodeError(failure.code, name, String(given[0]));
      this.onDone?.(step);
      return value;
    });
  }

  /** Knows which descriptors are whose. */
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
