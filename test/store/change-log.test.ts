import fc from 'fast-check';
import {
  type Change,
  changesSince,
  decodeLog,
  encodeEntry,
  encodeWorld,
  LogError,
  type Mark,
  type World,
} from '../../src/store/change-log.ts';
import { digestOf, fixtureText } from '../../src/store/fixture-text.ts';
import type { Operation } from '../../src/store/operations.ts';
import { State } from '../../src/store/state.ts';
import { seedFastCheck } from '../ceql/seed.ts';

seedFastCheck();

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Ä€😀', '"\\\n', '\u2028'));
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ remove: fc.constantFrom('accounts' as const, 'users' as const), id: fc.nat() }),
  fc.record({ token: text, of: fc.nat() }),
  fc.record({ ended: text }),
);
const next = fc.record({ organization: fc.nat(), account: fc.nat(), user: fc.nat(), secret: fc.nat() });
const flush = fc.record(
  { operations: fc.array(operation, { maxLength: 4 }), next, mark: text },
  { requiredKeys: ['operations'] },
);

/** A log of these flushes, in which each that has a mark is followed by it. */
function logOf(flushes: readonly { operations: Operation[]; next?: Change['next']; mark?: string }[], after: number) {
  const lines = [encodeEntry({ log: 1, of: 'digest', after })];
  const changes: Change[] = [];
  const marks: Mark[] = [];
  for (const { operations, next: sequences, mark } of flushes) {
    const change = { n: after + changes.length + 1, operations, ...(sequences && { next: sequences }) };
    lines.push(encodeEntry(change));
    changes.push(change);
    if (mark === undefined) continue;
    marks.push({ mark, through: change.n });
    lines.push(encodeEntry({ mark, through: change.n }));
  }
  return { lines: lines.map((line) => Buffer.from(line)), changes, marks };
}

test('what was written is read, cut off at any byte: whole lines count, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(flush, { maxLength: 5 }), fc.nat(1000), (flushes, after) => {
      const { lines, changes, marks } = logOf(flushes, after);
      const bytes = Buffer.concat(lines);
      const whole = decodeLog(bytes);
      expect(whole).toEqual({ header: { log: 1, of: 'digest', after }, changes, marks, length: bytes.length });
      for (let cut = 0; cut < bytes.length; cut++) {
        let [count, length] = [0, 0];
        for (const line of lines) {
          if (length + line.length > cut) break;
          length += line.length;
          count += 1;
        }
        const found = decodeLog(bytes.subarray(0, cut));
        expect([cut, found.length]).toEqual([cut, length]);
        expect([cut, found.changes.length + found.marks.length]).toEqual([cut, Math.max(count - 1, 0)]);
        expect(found.header === undefined).toBe(count === 0);
      }
    }),
    { numRuns: 30 },
  );
});

test('a byte that is another one: the last line does not count, one before it is refused with its number', () => {
  const { lines } = logOf([{ operations: [{ ended: 'a' }] }, { operations: [] }, { operations: [] }], 0);
  lines.forEach((line, index) => {
    for (let at = 0; at < line.length - 1; at++) {
      const damaged = Buffer.from(line);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const bytes = Buffer.concat([...lines.slice(0, index), damaged, ...lines.slice(index + 1)]);
      if (index === lines.length - 1) expect(decodeLog(bytes).changes).toHaveLength(index - 1);
      else expect(() => decodeLog(bytes)).toThrow(new LogError(`its line ${index + 1} is damaged`));
    }
  });
});

test('zeros at the end, as of a disk that lost power, do not count', () => {
  const { lines, changes } = logOf([{ operations: [] }], 4);
  const bytes = Buffer.concat([...lines, Buffer.alloc(300)]);
  expect(decodeLog(bytes)).toMatchObject({ changes, length: bytes.length - 300 });
});

describe('lines that are whole and do not belong together are refused', () => {
  const header = encodeEntry({ log: 1, of: 'digest', after: 3 });
  const change = (n: number) => encodeEntry({ n, operations: [] });
  test.each([
    [
      'a newer version',
      encodeEntry({ log: 2, of: 'digest', after: 0 }),
      'a newer version of the emulator has written it',
    ],
    ['no header', change(1), 'its first line is none of a change log'],
    ['a change that is missing', header + change(4) + change(6), 'its line 3 does not belong there'],
    ['a change twice', header + change(4) + change(4), 'its line 3 does not belong there'],
    ['one that is too early', header + change(1), 'its line 2 does not belong there'],
    ['a second header', header + header, 'its line 2 does not belong there'],
  ])('%s', (_name, log, message) => {
    expect(() => decodeLog(Buffer.from(log))).toThrow(LogError);
    expect(() => decodeLog(Buffer.from(log))).toThrow(message);
  });
});

test('a world is a line as any other', async () => {
  const state = new State({ user: 5 });
  const pieces: Buffer[] = [];
  for await (const piece of encodeWorld(1, state)) pieces.push(piece);
  const bytes = Buffer.concat([Buffer.from(encodeEntry({ log: 1, of: '', after: 0 })), ...pieces]);
  const [world] = decodeLog(bytes).changes;
  const expected: World = { n: 1, world: JSON.parse([...fixtureText(state, 0)].join('')) };
  expect(world).toEqual(expected);
});

describe('which changes a data file lacks', () => {
  const changes = [1, 2, 3].map((n) => ({ n, operations: [] }));
  const marks = [
    { mark: 'one', through: 1 },
    { mark: 'two', through: 2 },
    { mark: 'one', through: 3 },
  ];
  const header = { log: 1, of: 'start', after: 0 };
  const since = (digest: string, given: readonly Mark[] = marks) =>
    changesSince({ header, changes, marks: given, length: 0 }, digest)?.map(({ n }) => n);
  test('all of the text that the log continues', () => expect(since('start')).toEqual([1, 2, 3]));
  test('also when it is marked later', () =>
    expect(since('start', [{ mark: 'start', through: 2 }])).toEqual([1, 2, 3]));
  test('those after its mark', () => expect(since('two')).toEqual([3]));
  test('those after the last of its marks', () => expect(since('one')).toEqual([]));
  test('none can be said of another text', () => expect(since('other')).toBeUndefined());
  test('none of a log without any, whatever the text is', () => {
    expect(changesSince({ header, changes: [], marks: [], length: 0 }, 'other')).toEqual([]);
    expect(changesSince({ header: undefined, changes: [], marks: [], length: 0 }, digestOf(''))).toEqual([]);
  });
});
