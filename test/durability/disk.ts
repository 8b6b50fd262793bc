import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { dirname } from 'node:path';

/** The steps of making a file that is not there yet, in their order. */
export const makeSteps = ['open draft', 'write draft', 'sync draft', 'close draft', 'link', 'sync directory'] as const;

/** The steps of keeping a change, in their order; the log is made for the first one alone. */
export const keepSteps = [...makeSteps, 'open log', 'append', 'sync log'] as const;

/** The steps of writing the data file anew, in their order; the mark in the log comes between them. */
export const rewriteSteps = [
  ...['open draft', 'write draft', 'sync draft', 'close draft'],
  ...['append', 'sync log', 'link', 'rename', 'sync directory', 'remove log'],
] as Step[];

/** The last one is taking what failed off the log again. */
export type Step = (typeof keepSteps)[number] | 'rename' | 'remove log' | 'cut log';

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
 * The disk under one data file: it sees every step of a write, and lets it fail or wait.
 *
 * It takes the place of functions of node:fs, for this file and its log alone, until `restore()`.
 */
export class Disk {
  /** The steps that were taken, in their order. */
  readonly seen: Step[] = [];
  /** How often each step was made to fail. */
  readonly hits = new Map<Step, number>();
  /** Told of each step, before it is taken; a promise holds an asynchronous one up. */
  onStep: ((step: Step) => Promise<void> | undefined) | undefined;
  /** Told of each step, once it is taken. */
  onDone: ((step: Step) => void) | undefined;
  readonly #directory: string;
  /** What descriptors are open of: a draft, or the directory. */
  readonly #drafts = new Set<unknown>();
  readonly #directories = new Set<unknown>();
  #failure: Failure | undefined;
  readonly #restores: (() => void)[] = [];

  constructor(path: string) {
    this.#directory = dirname(path);
    const log = `${path}.log`;
    const isDraft = (given: unknown) =>
      typeof given === 'string' &&
      given.startsWith(path) &&
      /^(\.log)?\.[\da-f-]{36}\.tmp$/.test(given.slice(path.length));
    const isOpen = (given: unknown) => this.#drafts.has(given);
    const isDirectory = (given: unknown) => this.#directories.has(given);
    // Of the lock, nothing is seen: its directory is that of the others, and is only looked at after a step of theirs.
    const isTheirs = (given: unknown) => given === this.#directory && this.seen.length > 0;
    this.#sync('openSync', 'open draft', isDraft, (fd) => this.#drafts.add(fd));
    this.#unseen('openSync', isTheirs, (fd) => this.#directories.add(fd));
    this.#sync('writeFileSync', 'write draft', isOpen);
    this.#sync('fsyncSync', 'sync draft', isOpen);
    this.#sync('fsyncSync', 'sync directory', isDirectory);
    this.#sync('closeSync', 'close draft', isOpen);
    this.#unseen('closeSync', isDirectory);
    this.#sync('linkSync', 'link', (given) => isDraft(given) || given === path);
    // Taking back what failed is no step of its own.
    this.#sync('renameSync', 'rename', (given) => isDraft(given) && this.seen.at(-1) === 'link');
    this.#sync('unlinkSync', 'remove log', (given) => given === log);
    this.#promise(
      'open',
      'open log',
      (given) => given === log,
      (handle) => {
        this.#wrap(handle, 'writeFile', 'append');
        this.#wrap(handle, 'datasync', 'sync log');
        this.#wrap(handle, 'truncate', 'cut log');
      },
    );
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

  #sync(name: string, step: Step, isMeant: (given: unknown) => boolean, then?: Call): void {
    this.#replace(fs, name, (original) => (...given) => {
      if (!isMeant(given[0])) return original(...given);
      void this.onStep?.(step);
      const failure = this.#failureOf(step);
      if (failure?.isPartial) original(given[0], String(given[1]).slice(0, 100));
      // A descriptor is gone even if closing it tells of an error.
      if (step === 'close draft') this.#drafts.delete(given[0]);
      const value = failure === undefined || step === 'close draft' ? original(...given) : undefined;
      if (failure !== undefined) throw nodeError(failure.code, name, String(given[0]));
      then?.(value);
      this.onDone?.(step);
      return value;
    });
  }

  #unseen(name: string, isMeant: (given: unknown) => boolean, then?: Call): void {
    this.#replace(fs, name, (original) => (...given) => {
      const value = original(...given);
      if (isMeant(given[0])) {
        if (then === undefined) this.#directories.delete(given[0]);
        then?.(value);
      }
      return value;
    });
  }

  #promise(name: string, step: Step, isMeant: (given: unknown) => boolean, then: Call): void {
    this.#replace(fsp, name, (original) => async (...given) => {
      if (!isMeant(given[0])) return original(...given);
      await this.onStep?.(step);
      const failure = this.#failureOf(step);
      if (failure !== undefined) throw nodeError(failure.code, name, String(given[0]));
      const value = await original(...given);
      then(value);
      return value;
    });
  }

  /** A method of a file handle. */
  #wrap(handle: unknown, name: string, step: Step): void {
    const target = Object(handle);
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== 'function') throw new Error(`a file handle has no ${name}`);
    const replaced = async (...given: readonly unknown[]) => {
      await this.onStep?.(step);
      const failure = this.#failureOf(step);
      if (failure?.isPartial) await Reflect.apply(original, target, [String(given[0]).slice(0, 100)]);
      if (failure === undefined) await Reflect.apply(original, target, [...given]);
      this.onDone?.(step);
      if (failure !== undefined) throw nodeError(failure.code, name, this.#directory);
    };
    Object.defineProperty(target, name, { value: replaced });
  }

  #replace(target: object, name: string, replacement: (original: Call) => Call): void {
    const original: unknown = Reflect.get(target, name);
    if (typeof original !== 'function') throw new Error(`node:fs has no ${name}`);
    const call: Call = (...given) => Reflect.apply(original, target, [...given]);
    Reflect.set(target, name, Object.assign(replacement(call), original));
    this.#restores.push(() => Reflect.set(target, name, original));
  }
}
