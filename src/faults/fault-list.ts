import { compilePath } from '../http/path-pattern.ts';
import { checkFault } from './check-fault.ts';
import type { ActiveFault, Fault, Faults } from './fault.ts';

/** The parts of a request that faults match. */
export interface FaultTarget {
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly operationId: string | undefined;
}

interface Entry {
  readonly id: number;
  readonly fault: Readonly<Fault>;
  readonly matches: (target: FaultTarget) => boolean;
  matched: number;
  applied: number;
}

/** The faults of an emulator; finds the one that applies to a request. */
export class FaultList implements Faults {
  #entries: Entry[] = [];
  #nextId = 1;
  readonly #changed: () => void;

  readonly #stubPaths: () => readonly string[];

  /**
   * @param changed called when faults are added, removed or counted.
   * @param stubPaths the path patterns of the stubs, which faults may have too.
   */
  constructor(changed: () => void = () => undefined, stubPaths: () => readonly string[] = () => []) {
    this.#changed = changed;
    this.#stubPaths = stubPaths;
  }

  add(fault: unknown): number {
    checkFault(fault, this.#stubPaths());
    const id = this.#nextId;
    this.#nextId += 1;
    // A copy, because the caller may change the object later.
    const copy: Readonly<Fault> = Object.freeze(JSON.parse(JSON.stringify(fault)));
    this.#entries.push({ id, fault: copy, matches: compileTarget(copy), matched: 0, applied: 0 });
    this.#changed();
    return id;
  }

  list(): ActiveFault[] {
    return this.#entries.map(({ id, fault, matched, applied }) => ({ ...fault, id, matched, applied }));
  }

  unmatched(): ActiveFault[] {
    return this.list().filter(({ matched }) => matched === 0);
  }

  remove(id: number): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    this.#changed();
    return this.#entries.length < before;
  }

  /** Keeps counting, as the journal names the removed faults by their ids. */
  clear(): void {
    this.#entries = [];
    this.#changed();
  }

  /** Removes all faults, and counts from 1 again. */
  reset(): void {
    this.#nextId = 1;
    this.clear();
  }

  /** Counts the request for every fault that matches, and returns the one that applies. */
  next(target: FaultTarget): ActiveFault | undefined {
    if (this.#entries.length === 0) return undefined;
    let chosen: Entry | undefined;
    for (const entry of this.#entries) {
      if (!entry.matches(target)) continue;
      const { after = 0, times = Number.POSITIVE_INFINITY } = entry.fault;
      entry.matched += 1;
      this.#changed();
      if (chosen === undefined && entry.matched > after && entry.applied < times) chosen = entry;
    }
    if (chosen === undefined) return undefined;
    chosen.applied += 1;
    const { fault, id, matched, applied } = chosen;
    return { ...fault, id, matched, applied };
  }
}

function compileTarget({ method, path, operationId }: Fault): (target: FaultTarget) => boolean {
  const verb = method?.toUpperCase();
  const isPath = path === undefined ? undefined : compilePath(path);
  return (target) =>
    // A browser's preflight is not the call for which the fault was added.
    (verb === undefined ? target.method !== 'OPTIONS' : target.method === verb) &&
    (isPath === undefined || isPath(target.path)) &&
    (operationId === undefined || target.operationId === operationId);
}
