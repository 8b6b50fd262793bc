import fc from 'fast-check';
import type { Emulator, Fault } from '../../src/index.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { basePath } from '../support/client.ts';
import { send } from '../support/http.ts';
import { isEndurance } from '../support/runs.ts';
import { headerFor, port } from '../support/server.ts';
import { createWorld } from '../support/world.ts';

seedFastCheck();

/**
 * Random faults before and after, calls, resets and restores in any order, against a model of the documented behavior.
 */

type Step =
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'create' }
  | { readonly do: 'list' }
  | { readonly do: 'reset' | 'save' | 'restore' };

const effect = fc.oneof(
  fc.record({ drop: fc.constant(true) }),
  fc.record({ status: fc.integer({ min: 400, max: 599 }) }),
  fc.record({ status: fc.constant(503), rawBody: fc.constantFrom('', '{', '[{"id"') }),
  fc.record({ delayMs: fc.constant(0) }),
);
const fault: fc.Arbitrary<Fault> = fc
  .tuple(
    effect,
    fc.record(
      {
        when: fc.constantFrom('before' as const, 'after' as const),
        method: fc.constantFrom('POST', 'get'),
        after: fc.integer({ min: 0, max: 2 }),
        times: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([what, which]) => ({ ...what, ...which }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fault.map((given) => ({ do: 'fault' as const, fault: given })) },
  { weight: 6, arbitrary: fc.constantFrom({ do: 'create' as const }, { do: 'list' as const }) },
  { weight: 1, arbitrary: fc.constantFrom('reset', 'save', 'restore').map((name) => ({ do: name }) as Step) },
);

interface Expected {
  status: number | undefined;
  trueStatus: number | undefined;
  fault: number | undefined;
}

/**
 * The documented behavior: the oldest fault that is not used up applies, and the change is made unless a fault applies
 * before it.
 */
class Model {
  accounts = 0;
  saved: number | undefined;
  readonly journal: Expected[] = [];
  readonly faults: { readonly id: number; readonly fault: Fault; matched: number; applied: number }[] = [];

  call(method: 'POST' | 'GET'): Expected {
    let acting: (typeof this.faults)[number] | undefined;
    for (const each of this.faults) {
      if ((each.fault.method ?? method).toUpperCase() !== method) continue;
      each.matched += 1;
      const { after = 0, times = Number.POSITIVE_INFINITY } = each.fault;
      if (each.matched > after && each.applied < times) acting ??= each;
    }
    if (acting !== undefined) acting.applied += 1;
    const { status, drop, when } = acting?.fault ?? {};
    const isAfter = when === 'after';
    const replaces = status !== undefined || drop === true;
    if (method === 'POST' && (isAfter || !replaces)) this.accounts += 1;
    const expected = {
      status: drop === true ? undefined : (status ?? 200),
      trueStatus: isAfter ? 200 : undefined,
      fault: acting?.id,
    };
    this.journal.push(expected);
    return expected;
  }
}

let count = 0;
async function call(emulator: Emulator, method: 'POST' | 'GET') {
  count += 1;
  const headers = {
    ...headerFor(emulator),
    Authorization: emulator.credentials.authorization,
    'Content-Type': 'application/json',
  };
  const body = method === 'POST' ? JSON.stringify({ externalId: `new-${count}` }) : undefined;
  return send({ port: port(), method, path: `${basePath}/accounts`, headers, body }).then(
    ({ status, text }) => ({ status, text }),
    ({ code }) => ({ status: undefined, text: String(code) }),
  );
}

const made = ({ organizations }: ReturnType<Emulator['snapshot']>) =>
  organizations[0]?.accounts.filter(({ externalId }) => externalId.startsWith('new-')).length;

async function take(
  emulator: Emulator,
  model: Model,
  saved: { snapshot?: ReturnType<Emulator['snapshot']> },
  taken: Step,
) {
  switch (taken.do) {
    case 'fault':
      model.faults.push({ id: emulator.faults.add(taken.fault), fault: taken.fault, matched: 0, applied: 0 });
      return;
    case 'create':
    case 'list': {
      const method = taken.do === 'create' ? 'POST' : 'GET';
      const expected = model.call(method);
      const { status, text } = await call(emulator, method);
      expect(status).toBe(expected.status);
      if (status === undefined) expect(text).toBe('ECONNRESET');
      const rawBody = model.faults.find(({ id }) => id === expected.fault)?.fault.rawBody;
      if (rawBody !== undefined) expect(text).toBe(rawBody);
      return;
    }
    case 'reset':
      await emulator.reset();
      Object.assign(model, new Model(), { saved: model.saved });
      return;
    case 'save':
      saved.snapshot = emulator.snapshot();
      model.saved = model.accounts;
      return;
    default:
      if (saved.snapshot === undefined) return;
      await emulator.restore(saved.snapshot);
      model.accounts = model.saved ?? 0;
  }
}

test('faults apply oldest first, requests make changes according to `when`, and the journal is right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const emulator = createWorld();
      const model = new Model();
      const saved = {};
      for (const each of steps) await take(emulator, model, saved, each);
      expect(made(emulator.snapshot())).toBe(model.accounts);
      const counts = ({ id, matched, applied }: { id: number; matched: number; applied: number }) => ({
        id,
        matched,
        applied,
      });
      expect(emulator.faults.list().map(counts)).toEqual(model.faults.map(counts));
      const told = ({ status, trueStatus, fault }: Partial<Expected>) => ({ status, trueStatus, fault });
      expect(emulator.requests.all().map((request) => told(request as Partial<Expected>))).toEqual(model.journal);
    }),
    { seed: Number(process.env.FC_SEED ?? 17), numRuns: isEndurance ? 60 : 20 },
  );
});
