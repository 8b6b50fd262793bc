import fc from 'fast-check';
import { changesSince, decodeLog, type Entry, encodeEntry, encodeHeader } from '../../src/persistence/change-log.ts';
import type { ChangeStep } from '../../src/state/change-steps.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { anyCharacter } from '../support/characters.ts';
import { runs } from '../support/runs.ts';

seedFastCheck();

const text = fc.oneof(fc.string({ unit: anyCharacter }), fc.constantFrom('Ä€😀', '"\\\n', '\u2028'));
const operation: fc.Arbitrary<ChangeStep> = fc.oneof(
  fc.record({ remove: fc.constantFrom('accounts' as const, 'users' as const), id: fc.nat() }),
  fc.record({ token: text, of: fc.nat() }),
  fc.record({ ended: text }),
);
const next = fc.record({ organization: fc.nat(), account: fc.nat(), user: fc.nat(), secret: fc.nat() });
const flush = fc.record(
  { operations: fc.array(operation, { maxLength: 4 }), next, mark: text },
  { requiredKeys: ['operations'] },
);

const first: Entry = { log: 1, n: 0, of: 'digest', operations: [] };

/** A log of these flushes, in which each that has a mark is followed by it. */
function logOf(flushes: readonly { operations: ChangeStep[]; next?: Entry['next']; mark?: string }[]) {
  const entries = [first];
  for (const { operations, next: sequences, mark } of flushes) {
    entries.push({ n: entries.length, operations, ...(sequences && { next: sequences }) });
    if (mark !== undefined) entries.push({ n: entries.length, of: mark, operations: [] });
  }
  return { lines: entries.map((entry) => Buffer.from(encodeEntry(entry))), entries };
}

test('a log that is cut off at any byte is read up to its last complete line', () => {
  fc.assert(
    fc.property(fc.array(flush, { maxLength: 5 }), (flushes) => {
      const { lines, entries } = logOf(flushes);
      const bytes = Buffer.concat(lines);
      expect(decodeLog(bytes)).toEqual({ entries, length: bytes.length });
      const [header] = lines;
      for (let cut = header?.length ?? 0; cut < bytes.length; cut++) {
        let [count, length] = [0, 0];
        for (const line of lines) {
          if (length + line.length > cut) break;
          length += line.length;
          count += 1;
        }
        const found = decodeLog(bytes.subarray(0, cut));
        if (typeof found === 'string') throw new Error(found);
        expect([cut, found.length, found.entries.length]).toEqual([cut, length, count]);
      }
    }),
    { numRuns: runs(30) },
  );
});

test('a changed byte drops the last line, and in an earlier line is refused with its number', () => {
  const { lines, entries } = logOf([{ operations: [{ ended: 'a' }] }, { operations: [] }, { operations: [] }]);
  lines.forEach((line, index) => {
    for (let at = 0; at < line.length - 1; at++) {
      const damaged = Buffer.from(line);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const bytes = Buffer.concat([...lines.slice(0, index), damaged, ...lines.slice(index + 1)]);
      if (index === lines.length - 1) expect(decodeLog(bytes)).toMatchObject({ entries: entries.slice(0, index) });
      else {
        const problem = index === 0 ? 'its first line is not that of a change log' : `its line ${index + 1} is damaged`;
        expect(decodeLog(bytes)).toBe(problem);
      }
    }
  });
});

test('zeros at the end, as a disk that lost power leaves them, are ignored', () => {
  const { lines, entries } = logOf([{ operations: [] }]);
  const bytes = Buffer.concat([...lines, Buffer.alloc(300)]);
  expect(decodeLog(bytes)).toMatchObject({ entries, length: bytes.length - 300 });
});

describe('complete lines that do not belong together are refused', () => {
  const header = encodeHeader('digest');
  const change = (n: number) => encodeEntry({ n, operations: [] });
  test.each([
    ['a newer version', encodeEntry({ ...first, log: 2 }), 'a newer version of the emulator has written it'],
    ['nothing', '', 'its first line is not that of a change log'],
    ['an incomplete header', header.slice(0, -1), 'its first line is not that of a change log'],
    ['no header', change(1), 'its first line is not that of a change log'],
    ['a missing change', header + change(1) + change(3), 'its line 3 does not belong there'],
    ['a change twice', header + change(1) + change(1), 'its line 3 does not belong there'],
    ['a change that is too late', header + change(4), 'its line 2 does not belong there'],
    ['a second header', header + header, 'its line 2 does not belong there'],
  ])('%s', (_name, log, message) => {
    expect(decodeLog(Buffer.from(log))).toContain(message);
  });
});

describe('the changes that a data file does not have', () => {
  /** A change, or the mark of a text, in each place. */
  const since = (digest: string, ...marks: (string | undefined)[]) => {
    const entries: Entry[] = [{ ...first, of: 'start' }];
    for (const of of marks) entries.push({ n: entries.length, operations: [], ...(of && { of }) });
    return changesSince({ entries, length: 0 }, digest)?.map(({ n }) => n);
  };
  const marked = [undefined, 'one', undefined, 'two', undefined];
  test('are all changes, for the text that the log continues', () =>
    expect(since('start', ...marked)).toEqual([1, 3, 5]));
  test('are all changes after a later mark of that text', () =>
    expect(since('start', undefined, 'start')).toEqual([1]));
  test('are the changes after the mark of the text', () => expect(since('two', ...marked)).toEqual([5]));
  test('are the changes after the last mark of the text', () => expect(since('one', ...marked, 'one')).toEqual([]));
  test('are unknown for another text', () => expect(since('other', ...marked)).toBeUndefined());
  test('are none for a log without changes, whatever the text is', () => expect(since('other')).toEqual([]));
});
