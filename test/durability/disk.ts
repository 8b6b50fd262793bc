import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { dirname } from 'node:path';
import { Compaction } from '../../src/store/compaction.ts';

/** The steps of keeping a change, in their order: a line of the log. Directories are only for a new log. */
export const appendSteps = ['open log', 'append', 'sync log', 'open directory', 'fsync directory'] as const;

/** The steps of writing the data file anew, in their order; the mark in the log comes between them. */
export const compactionSteps = [
  'open directory',
  'open',
  'open text',
  'text',
  'sync text',
  'append',
  'sync log',
  'write',
  'fsync',
  'close',
  'chown',
  'chmod',
  'rename',
  'fsync directory',
  'remove log',
] as const;

/** Taking what failed off the log again, and closing directories, which nobody minds when it fails. */
export type Step = (typeof appendSteps)[number] | (typeof compactionSteps)[number] | 'cut log' | 'close directory';

/** The steps of making the file first, before anything is answered. */
export const firstSteps = ['open', 'text', 'write', 'fsync', 'close', 'chmod', 'rename'] as const;

type Call = (...given: readonly unknown[]) => unknown;
type Callback = (error: unknown, value?: unknown) => void;

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
 * It takes the place of functions of node:fs, for this file alone, until `restore()`.
 */
export class Disk {
  /** The steps that were taken, in their order. */
  readonly seen: Step[] = [];
  /** How often each step was made to fail. */
  readonly hits = new Map<Step, number>();
  /** Told of each step, before it is taken; a promise holds an asynchronous one up. */
  onStep: ((step: Step) => Promise<void> | undefined) | undefined;
  /** Told of each step of the log and of directories, once it is taken. */
  onDone: ((step: Step) => void) | undefined;
  readonly #directory: string;
  readonly #descriptors = new Set<unknown>();
  #failure: Failure | undefined;
  readonly #restores: (() => void)[] = [];

  constructor(path: string) {
    this.#directory = dirname(path);
    const isOurs = (given: unknown) =>
      typeof given === 'string' && given.startsWith(path) && /^(\.log)?\.\d+$/.test(given.slice(path.length));
    const isOpen = (given: unknown) => this.#descriptors.has(given);
    this.#callback('open', 'open', isOurs, (fd) => this.#descriptors.add(fd));
    this.#callback('write', 'write', isOpen);
    this.#callback('fsync', 'fsync', isOpen);
    this.#callback('close', 'close', isOpen);
    for (const name of ['chown', 'chmod', 'rename'] as const) this.#callback(name, name, isOurs);

    this.#sync('openSync', 'open', isOurs, (fd) => this.#descriptors.add(fd));
    this.#sync('writeFileSync', 'text', isOurs);
    this.#sync('writeSync', 'write', isOpen);
    this.#sync('fsyncSync', 'fsync', isOpen);
    this.#sync('closeSync', 'close', isOpen);
    this.#sync('chmodSync', 'chmod', isOurs);
    this.#sync('renameSync', 'rename', isOurs);

    const log = `${path}.log`;
    this.#promise('unlink', 'remove log', (given) => given === log);
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
    this.#promise('open', 'open text', isOurs, (handle) => {
      this.#wrap(handle, 'writeFile', 'text');
      this.#wrap(handle, 'sync', 'sync text');
    });
    this.#promise(
      'open',
      'open directory',
      (given) => given === this.#directory,
      (handle) => {
        this.#wrap(handle, 'sync', 'fsync directory');
        this.#wrap(handle, 'close', 'close directory');
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

  #callback(name: string, step: Step, isMeant: (given: unknown) => boolean, then?: Call): void {
    this.#replace(fs, name, (original) => (...given) => {
      const callback = given.at(-1);
      if (!isMeant(given[0]) || !isCallback(callback)) return original(...given);
      const held = this.onStep?.(step);
      const failure = this.#failureOf(step);
      const done: Callback = (error, value) => {
        if (error === null) then?.(value);
        callback(error, value);
      };
      const go = () => {
        if (failure === undefined) original(...given.slice(0, -1), done);
        else setImmediate(callback, nodeError(failure.code, name, String(given[0])));
        // What could not be closed is tried once more by the library: that one is let through.
        if (step === 'close') this.#descriptors.delete(given[0]);
      };
      if (held === undefined) go();
      else void held.then(go);
      return undefined;
    });
  }

  #sync(name: string, step: Step, isMeant: (given: unknown) => boolean, then?: Call): void {
    this.#replace(fs, name, (original) => (...given) => {
      if (!isMeant(given[0])) return original(...given);
      void this.onStep?.(step);
      const failure = this.#failureOf(step);
      if (step === 'close') this.#descriptors.delete(given[0]);
      if (failure?.isPartial) original(given[0], String(given[1]).slice(0, 100));
      if (failure !== undefined) throw nodeError(failure.code, name, String(given[0]));
      const value = original(...given);
      then?.(value);
      return value;
    });
  }

  #promise(name: string, step: Step, isMeant: (given: unknown) => boolean, then?: Call): void {
    this.#replace(fsp, name, (original) => async (...given) => {
      if (!isMeant(given[0])) return original(...given);
      await this.onStep?.(step);
      const failure = this.#failureOf(step);
      if (failure?.isPartial) await original(given[0], String(given[1]).slice(0, 100));
      if (failure !== undefined) throw nodeError(failure.code, name, String(given[0]));
      const value = await original(...given);
      then?.(value);
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
      // A descriptor is gone even if closing it tells of an error.
      if (failure === undefined || name === 'close') await Reflect.apply(original, target, [...given]);
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

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

/**
 * A disk that takes its time is no quiet moment, in which the data file would be written anew: it is
 * when the log is large, and by close(). Until the mocks are restored.
 */
export function withoutQuietMoments(): void {
  const { request } = Compaction.prototype;
  jest.spyOn(Compaction.prototype, 'request').mockImplementation(function (this: Compaction, isLarge) {
    if (isLarge) request.call(this, isLarge);
  });
}
