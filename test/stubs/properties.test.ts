import fc from 'fast-check';
import { createEmulator, type Emulator, type Snapshot } from '../../src/index.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { connect } from '../support/client.ts';
import { runs } from '../support/runs.ts';
import { world } from '../support/world.ts';
import { faultOf, Model, type ModelStub, stubOf, type Target, targets } from './model.ts';

seedFastCheck();

/** An emulator and the model of it, which do the same. */
class Pair {
  readonly given: readonly ModelStub[];
  readonly model: Model;
  readonly emulator: Emulator;
  readonly saved: Snapshot[] = [];
  #accounts = 0;

  constructor(given: readonly ModelStub[]) {
    this.given = given;
    this.model = new Model(given);
    this.emulator = createEmulator({ fixture: world, stubs: given.map(stubOf), onError: () => undefined });
  }

  async request(target: Target, isKnown: boolean): Promise<void> {
    this.model.request(target, isKnown);
    const { call } = connect(this.emulator, isKnown ? undefined : 'nonsense');
    this.#accounts += 1;
    const body = { externalId: `new-${this.#accounts}` };
    const { status } =
      target.method === 'POST' ? await call('post', target.path).send(body) : await call('get', target.path);
    expect(status).toBe(this.model.journal.at(-1)?.status);
  }

  /** Everything that can be seen is as in the model. */
  check(): void {
    const { emulator, model } = this;
    const count = ({ id, matched, applied }: { id: number; matched: number; applied: number }) => ({
      id,
      matched,
      applied,
    });
    expect(emulator.stubs.list().map(count)).toEqual(model.stubs.map(count));
    expect(emulator.faults.list().map(count)).toEqual(model.faults.map(count));
    expect(
      emulator.requests.all().map(({ status, fault, trueStatus, stub }) => ({ status, fault, trueStatus, stub })),
    ).toEqual(model.journal);
    const [ten] = emulator.snapshot().organizations;
    expect(ten?.accounts.length).toBe(4 + model.accounts);
  }
}

type Step = (pair: Pair) => void | Promise<void>;

const target = fc.constantFrom(...targets);
const stub: fc.Arbitrary<ModelStub> = fc.record({
  target,
  answer: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 220, max: 299 }) },
    fc.constantFrom('proceeds', 'proceeds', 'throws'),
  ),
  access: fc.constantFrom('user', 'anyone'),
});
const fault = fc.record({
  target,
  when: fc.constantFrom('before' as const, 'after' as const),
  status: fc.integer({ min: 420, max: 499 }),
  after: fc.nat({ max: 2 }),
  times: fc.integer({ min: 1, max: 3 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.tuple(target, fc.constantFrom(true, true, true, false)).map(
      ([where, isKnown]) =>
        (pair: Pair) =>
          pair.request(where, isKnown),
    ),
  },
  {
    weight: 4,
    arbitrary: stub.map((added) => (pair: Pair) => {
      pair.model.addStub(added);
      pair.emulator.stubs.add(stubOf(added));
    }),
  },
  {
    weight: 3,
    arbitrary: fault.map((added) => (pair: Pair) => {
      pair.model.addFault(added);
      pair.emulator.faults.add(faultOf(added));
    }),
  },
  fc.nat({ max: 6 }).map((index) => ({ emulator, model }: Pair) => {
    const id = model.stubs[index]?.id ?? 99;
    model.stubs = model.stubs.filter((each) => each.id !== id);
    expect(emulator.stubs.remove(id)).toBe(id !== 99);
  }),
  fc.constant(({ emulator, model }: Pair) => {
    model.stubs = [];
    emulator.stubs.clear();
  }),
  fc.constant(({ emulator, model }: Pair) => {
    model.clearFaults();
    emulator.faults.clear();
  }),
  fc.constant(async ({ emulator, model }: Pair) => {
    model.reset();
    await emulator.reset();
  }),
  fc.constant(({ emulator, model, saved }: Pair) => {
    model.save();
    saved.push(emulator.snapshot());
  }),
  fc.nat({ max: 3 }).map((index) => async ({ emulator, model, saved }: Pair) => {
    const snapshot = saved[index];
    if (snapshot === undefined) return;
    model.restore(index);
    await emulator.restore(snapshot);
  }),
);

test('a fault before, the newest stub, older stubs, the platform and a fault after apply in this order, and the journal has what answered', async () => {
  const steps = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.array(stub, { maxLength: 2 }), steps, async (given, all) => {
      const pair = new Pair(given);
      pair.check();
      for (const each of all) {
        await each(pair);
        pair.check();
      }
    }),
    { numRuns: runs(40) },
  );
});
