import { compilePath } from '../http/path-pattern.ts';
import { checkStub, copyStub } from './check-stub.ts';
import type { ActiveStub, Stub, Stubs } from './stub.ts';

/** The parts of a request that stubs match. */
export interface StubTarget {
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly operationId: string | undefined;
}

/** A stub with its counts. */
export interface StubEntry {
  readonly id: number;
  readonly stub: Readonly<Stub>;
  readonly isGiven: boolean;
  readonly matchesPath: (target: StubTarget) => boolean;
  matched: number;
  applied: number;
}

/** The largest number of stubs at a time. */
const maxStubs = 1000;

/** The stubs of an emulator; finds those that match a request. */
export class StubList implements Stubs {
  #given: () => readonly Readonly<Stub>[] = () => [];
  #entries: StubEntry[] = [];
  #nextId = 1;
  readonly #changed: () => void;

  /** @param changed called when stubs are added, removed or counted. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  /**
   * Begins with these stubs, which have been checked and copied, and goes back to them at every reset.
   *
   * @throws {Error} when there are too many.
   */
  begin(given: () => readonly Readonly<Stub>[]): void {
    this.#given = given;
    const { length } = given();
    if (length > maxStubs)
      throw new Error(`Option 'stubs': there are ${length} with those of the fixture, at most ${maxStubs}.`);
    this.reset();
  }

  /** Goes back to the stubs of the start, and counts from 0. */
  reset(): void {
    this.#entries = [];
    this.#nextId = 1;
    for (const stub of this.#given()) this.#insert(stub, true);
    this.#changed();
  }

  add(stub: unknown): ActiveStub {
    checkStub(stub);
    if (this.#entries.length >= maxStubs) throw new Error(`There are ${maxStubs} stubs already: remove some.`);
    const entry = this.#insert(copyStub(stub), false);
    this.#changed();
    return show(entry);
  }

  list(): ActiveStub[] {
    return this.#entries.map(show);
  }

  unmatched(): ActiveStub[] {
    return this.list().filter(({ matched }) => matched === 0);
  }

  remove(id: number): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.#changed();
    return this.#entries.length < before;
  }

  clear(): void {
    this.#entries = [];
    this.#changed();
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** The path patterns, which are known paths for faults and the journal. */
  paths(): string[] {
    return this.#entries.flatMap(({ stub }) => stub.path ?? []);
  }

  /** The stubs that match a request, newest first; counts it for each. */
  find(target: StubTarget): StubEntry[] {
    const found = this.#entries.filter((entry) => isMethod(entry.stub, target.method) && entry.matchesPath(target));
    for (const entry of found) entry.matched += 1;
    if (found.length > 0) this.#changed();
    return found.reverse();
  }

  /** The methods that stubs give a path by its pattern; `undefined` stands for all. */
  methodsOf(path: string): (string | undefined)[] {
    const target = { method: '', path, operationId: undefined };
    return this.#entries.filter((entry) => entry.matchesPath(target)).map(({ stub }) => stub.method?.toUpperCase());
  }

  /** Counts a request that a stub answers. */
  applied(entry: StubEntry): void {
    entry.applied += 1;
    this.#changed();
  }

  #insert(stub: Readonly<Stub>, isGiven: boolean): StubEntry {
    const id = this.#nextId;
    this.#nextId += 1;
    const entry = { id, stub, isGiven, matchesPath: compileTarget(stub), matched: 0, applied: 0 };
    this.#entries.push(entry);
    return entry;
  }
}

function show({ id, stub, isGiven, matched, applied }: StubEntry): ActiveStub {
  return { ...stub, id, ...(isGiven ? { given: true as const } : {}), matched, applied };
}

function isMethod({ method }: Stub, asked: string): boolean {
  // A browser's preflight is not the call for which the stub was added.
  if (method === undefined) return asked !== 'OPTIONS';
  const verb = method.toUpperCase();
  return asked === verb || (asked === 'HEAD' && verb === 'GET');
}

function compileTarget({ path, operationId }: Stub): (target: StubTarget) => boolean {
  if (path === undefined) return (target) => target.operationId !== undefined && target.operationId === operationId;
  const isPath = compilePath(path);
  return (target) => isPath(target.path);
}
