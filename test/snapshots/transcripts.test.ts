import fc from 'fast-check';
import { createEmulator, type Emulator, type Fixture } from '../../src/index.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { runs } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';
import { type Call, call, headersOf, make } from './operations.ts';

seedFastCheck();

type Step =
  | { readonly call: Call }
  | { readonly reset: true }
  | { readonly snapshot: true }
  | { readonly restore: number }
  | { readonly advance: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: call.map((made) => ({ call: made })) },
  { weight: 1, arbitrary: fc.constant({ reset: true } as const) },
  { weight: 2, arbitrary: fc.constant({ snapshot: true } as const) },
  { weight: 2, arbitrary: fc.nat(3).map((restore) => ({ restore })) },
  { weight: 2, arbitrary: fc.integer({ min: -100_000, max: 100_000 }).map((advance) => ({ advance })) },
);
const steps = fc.array(step, { minLength: 5, maxLength: 25 });
const calls = fc.array(call, { minLength: 5, maxLength: 20 });

async function transcript(emulator: Emulator, made: readonly Call[], headers: ReadonlyMap<string, string>) {
  const lines: string[] = [];
  for (const next of made) lines.push(await make(emulator, next, headers));
  return lines;
}

/** Runs the steps; every answer as a line, every snapshot as its text. */
async function run(emulator: Emulator, todo: readonly Step[]): Promise<string[]> {
  const headers = headersOf(emulator);
  const lines: string[] = [];
  const saved: Fixture[] = [];
  for (const next of todo) {
    if ('call' in next) lines.push(await make(emulator, next.call, headers));
    else if ('advance' in next) emulator.clock.advance({ minutes: next.advance });
    else if ('reset' in next) await emulator.reset();
    else if ('snapshot' in next) {
      saved.push(emulator.snapshot());
      lines.push(JSON.stringify(saved.at(-1)));
    } else {
      const moment = saved[next.restore % Math.max(1, saved.length)];
      if (moment !== undefined) await emulator.restore(moment);
    }
  }
  return lines;
}

test('the same run after a reset has an identical transcript', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (todo) => {
      const emulator = createWorld();
      const start = JSON.stringify(emulator.snapshot());
      const first = await run(emulator, todo);
      await emulator.reset();
      expect(JSON.stringify(emulator.snapshot())).toBe(start);
      expect(emulator.requests.all()).toEqual([]);
      expect(await run(emulator, todo)).toEqual(first);
    }),
    { numRuns: runs(10) },
  );
});

test('a snapshot is a fixture with which another emulator continues identically', async () => {
  await fc.assert(
    fc.asyncProperty(calls, calls, async (before, after) => {
      const emulator = createWorld();
      const headers = headersOf(emulator);
      await transcript(emulator, before, headers);
      const saved = emulator.snapshot();
      const first = await transcript(emulator, after, headers);
      const text = JSON.stringify(saved);
      expect(JSON.parse(text)).toStrictEqual(saved);
      const other = createEmulator({ fixture: JSON.parse(text), seed: 'world' });
      expect(other.snapshot()).toStrictEqual(saved);
      expect(await transcript(other, after, headers)).toEqual(first);
    }),
    { numRuns: runs(10) },
  );
});

test('the calls of these runs have all kinds of answers, and none is a 500', async () => {
  const statuses = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 40, maxLength: 40 }), async (made) => {
      const emulator = createWorld();
      const lines = await transcript(emulator, made, headersOf(emulator));
      for (const line of lines) statuses.add(line.slice(0, 3));
    }),
    { numRuns: runs(60) },
  );
  expect([...statuses].sort()).toEqual(expect.arrayContaining(['200', '400', '401', '404', '405', '409']));
  expect([...statuses]).not.toContain('500');
});
