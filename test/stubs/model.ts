import type { Fault, Respond, Stub, StubCaller } from '../../src/index.ts';

/** A simple model of an emulator: stubs, faults, the number of accounts made, and the journal. */

/** The requests that are made. */
export const targets = [
  { method: 'GET', path: '/organizations/me' },
  { method: 'POST', path: '/accounts' },
  { method: 'GET', path: '/instances' },
  { method: 'GET', path: '/widgets' },
] as const;
export type Target = (typeof targets)[number];

/** A stub answers with its own status, returns the result of `proceed()`, or throws. */
export interface ModelStub {
  readonly target: Target;
  readonly answer: number | 'proceeds' | 'throws';
  readonly access: 'user' | 'anyone';
}

export interface ModelFault {
  readonly target: Target;
  readonly when: 'before' | 'after';
  readonly status: number;
  readonly after: number;
  readonly times: number;
}

interface Counts {
  readonly id: number;
  matched: number;
  applied: number;
}

/** The parts of a journal entry that say who answered. */
export interface Told {
  readonly status: number;
  readonly fault: number | undefined;
  /** What was answered before a fault after the operation took its place. */
  readonly trueStatus: number | undefined;
  readonly stub: number | undefined;
}

export class Model {
  accounts = 0;
  journal: Told[] = [];
  stubs: (ModelStub & Counts)[] = [];
  faults: (ModelFault & Counts)[] = [];
  readonly #given: readonly ModelStub[];
  readonly #saved: number[] = [];
  #nextStub = 1;
  #nextFault = 1;

  constructor(given: readonly ModelStub[]) {
    this.#given = given;
    for (const stub of given) this.addStub(stub);
  }

  addStub(stub: ModelStub): void {
    this.stubs.push({ ...stub, id: this.#nextStub++, matched: 0, applied: 0 });
  }

  addFault(fault: ModelFault): void {
    this.faults.push({ ...fault, id: this.#nextFault++, matched: 0, applied: 0 });
  }

  clearFaults(): void {
    this.faults = [];
  }

  /** All goes back to the start, with the stubs that were given there. */
  reset(): void {
    this.clearFaults();
    this.#nextFault = 1;
    this.stubs = [];
    this.#nextStub = 1;
    for (const stub of this.#given) this.addStub(stub);
    this.accounts = 0;
    this.journal = [];
  }

  save(): void {
    this.#saved.push(this.accounts);
  }

  /** Only the state is restored. */
  restore(which: number): void {
    this.accounts = this.#saved[which] ?? this.accounts;
  }

  request(target: Target, isKnown: boolean): void {
    const stubs = this.stubs.filter((stub) => stub.target === target).reverse();
    for (const stub of stubs) stub.matched += 1;
    const fault = this.#fault(target);
    if (fault?.when === 'before') {
      this.journal.push({ status: fault.status, fault: fault.id, trueStatus: undefined, stub: undefined });
      return;
    }
    const answered = this.#answer(stubs, target, isKnown);
    this.journal.push({
      status: fault?.status ?? answered,
      fault: fault?.id,
      trueStatus: fault && answered,
      stub: stubs[0]?.id,
    });
  }

  /** The oldest that is not used up applies; all that match count. */
  #fault(target: Target): (ModelFault & Counts) | undefined {
    const matching = this.faults.filter((fault) => fault.target === target);
    for (const fault of matching) fault.matched += 1;
    const chosen = matching.find(({ matched, after, applied, times }) => matched > after && applied < times);
    if (chosen !== undefined) chosen.applied += 1;
    return chosen;
  }

  /** The newest stub answers, then the next by its `proceed()`, at last the platform. */
  #answer([stub, ...older]: (ModelStub & Counts)[], target: Target, isKnown: boolean): number {
    if (stub === undefined) return this.#platform(target, isKnown);
    stub.applied += 1;
    if (stub.access === 'user' && !isKnown) return 401;
    if (stub.answer === 'throws') return 500;
    return stub.answer === 'proceeds' ? this.#answer(older, target, isKnown) : stub.answer;
  }

  #platform({ path }: Target, isKnown: boolean): number {
    if (path === '/instances') return 501;
    if (path === '/widgets') return 404;
    if (!isKnown) return 401;
    if (path === '/accounts') this.accounts += 1;
    return 200;
  }
}

/** The stub of the emulator. */
export function stubOf({ target, answer, access }: ModelStub): Stub {
  const { method, path } = target;
  if (typeof answer === 'number') return { method, path, access, status: answer, body: {} };
  const respond: Respond<StubCaller | undefined> =
    answer === 'proceeds'
      ? (_request, proceed) => proceed()
      : () => {
          throw new Error('on purpose');
        };
  return access === 'user' ? { method, path, access, respond } : { method, path, access, respond };
}

/** The fault of the emulator. */
export function faultOf({ target, when, status, after, times }: ModelFault): Fault {
  // A pattern that is not checked: the platform has no /widgets.
  return { method: target.method, path: `${target.path}*`, when, status, after, times };
}
