import fc from 'fast-check';
import {
  type Change,
  changesSince,
  decodeLog,
  encodeEntry,
  LogError,
  type Mark,
} from '../../src/persistence/change-log.ts';
import type { Operation } from '../../src/state/changes.ts';
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
function logOf(flushes: readonly { operations: Operation[]; next?: Change['next']; mark?: string }[]) {
  const entries: (Change | Mark)[] = [];
  flushes.forEach(({ operations, next: sequences, mark }, index) => {
    entries.push({ n: index + 1, operations, ...(sequences && { next: sequences }) });
    if (mark !== undefined) entries.push({ mark });
  });
  const header = { log: 1, of: 'digest' };
  return { lines: [header, ...entries].map((entry) => Buffer.from(encodeEntry(entry))), header, entries };
}

test('what was written is read, cut off at any byte: whole lines count, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(flush, { maxLength: 5 }), (flushes) => {
      const { lines, header, entries } = logOf(flushes);
      const bytes = Buffer.concat(lines);
      expect(decodeLog(bytes)).toEqual({ header, entries, length: bytes.length });
      const [first] = lines;
      for (let cut = first?.length ?? 0; cut < bytes.length; cut++) {
        let [count, length] = [0, 0];
        for (const line of lines) {
          if (length + line.length > cut) break;
          length += line.length;
          count += 1;
        }
        const found = decodeLog(bytes.subarray(0, cut));
        expect([cut, found.length, found.entries.length]).toEqual([cut, length, count - 1]);
      }
    }),
    { numRuns: 30 },
  );
});

test('a byte that is another one: the last line does not count, one before it is refused with its number', () => {
  const { lines } = logOf([{ operations: [{ ended: 'a' }] }, { operations: [] }, { operations: [] }]);
  lines.forEach((line, index) => {
    for (let at = 0; at < line.length - 1; at++) {
      const damaged = Buffer.from(line);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const bytes = Buffer.concat([...lines.slice(0, index), damaged, ...lines.slice(index + 1)]);
      if (index === lines.length - 1) expect(decodeLog(bytes).entries).toHaveLength(index - 1);
      else {
        const problem = index === 0 ? 'its first line is not that of a change log' : `its line ${index + 1} is damaged`;
        expect(() => decodeLog(bytes)).toThrow(new LogError(problem));
      }
    }
  });
});

test('zeros at the end, as of a disk that lost power, do not count', () => {
  const { lines, entries } = logOf([{ operations: [] }]);
  const bytes = Buffer.concat([...lines, Buffer.alloc(300)]);
  expect(decodeLog(bytes)).toMatchObject({ entries, length: bytes.length - 300 });
});

describe('lines that are whole and do not belong together are refused', () => {
  const header = encodeEntry({ log: 1, of: 'digest' });
  const change = (n: number) => encodeEntry({ n, operations: [] });
  test.each([
    ['a newer version', encodeEntry({ log: 2, of: 'digest' }), 'a newer version of the emulator has written it'],
    ['nothing', '', 'its first line is not that of a change log'],
    ['a header that is cut off', header.slice(0, -1), 'its first line is not that of a change log'],
    ['no header', change(1), 'its first line is not that of a change log'],
    ['a change that is missing', header + change(1) + change(3), 'its line 3 does not belong there'],
    ['a change twice', header + change(1) + change(1), 'its line 3 does not belong there'],
    ['one that is too late', header + change(4), 'its line 2 does not belong there'],
    ['a second header', header + header, 'its line 2 does not belong there'],
  ])('%s', (_name, log, message) => {
    expect(() => decodeLog(Buffer.from(log))).toThrow(LogError);
    expect(() => decodeLog(Buffer.from(log))).toThrow(message);
  });
});

describe('which changes a data file lacks', () => {
  const changes = [1, 2, 3].map((n) => ({ n, operations: [] }));
  const [one, two, three] = changes;
  const log = (...marked: (Mark | undefined)[]) => ({
    header: { log: 1, of: 'start' },
    entries: [one, marked[0], two, marked[1], three, marked[2]].flatMap((entry) => entry ?? []),
    length: 0,
  });
  const marks = [{ mark: 'one' }, { mark: 'two' }, { mark: 'one' }];
  const since = (digest: string, given: readonly Mark[] = marks) =>
    changesSince(log(...given), digest)?.map(({ n }) => n);
  test('all of the text that the log continues', () => expect(since('start')).toEqual([1, 2, 3]));
  test('also when it is marked later', () =>
    expect(changesSince(log(undefined, { mark: 'start' }), 'start')).toEqual(changes));
  test('those after its mark', () => expect(since('two')).toEqual([3]));
  test('those after the last of its marks', () => expect(since('one')).toEqual([]));
  test('none can be said of another text', () => expect(since('other')).toBeUndefined());
  test('none of a log without any, whatever the text is', () => {
    expect(changesSince({ header: { log: 1, of: 'start' }, entries: [], length: 0 }, 'other')).toEqual([]);
  });
});
