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

test('what was written is read, cut off at any byte: whole lines count, and nothing else', () => {
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

test('a byte that is another one: the last line does not count, one before it is refused with its number', () => {
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

test('zeros at the end, as of a disk that lost power, do not count', () => {
  const { lines, entries } = logOf([{ operations: [] }]);
  const bytes = Buffer.concat([...lines, Buffer.alloc(300)]);
  expect(decodeLog(bytes)).toMatchObject({ entries, length: bytes.length - 300 });
});

describe('lines that are whole and do not belong together are refused', () => {
  const header = encodeHeader('digest');
  const change = (n: number) => encodeEntry({ n, operations: [] });
  test.each([
    ['a newer version', encodeEntry({ ...first, log: 2 }), 'a newer version of the emulator has written it'],
    ['nothing', '', 'its first line is not that of a change log'],
    ['a header that is cut off', header.slice(0, -1), 'its first line is not that of a change log'],
    ['no header', change(1), 'its first line is not that of a change log'],
    ['a change that is missing', header + change(1) + change(3), 'its line 3 does not belong there'],
    ['a change twice', header + change(1) + change(1), 'its line 3 does not belong there'],
    ['one that is too late', header + change(4), 'its line 2 does not belong there'],
    ['a second header', header + header, 'its line 2 does not belong there'],
  ])('%s', (_name, log, message) => {
    expect(decodeLog(Buffer.from(log))).toContain(message);
  });
});

describe('which changes a data file lacks', () => {
  /** A change, or the mark of a text, in each place. */
  const since = (digest: string, ...marks: (string | undefined)[]) => {
    const entries: Entry[] = [{ ...first, of: 'start' }];
    for (const of of marks) entries.push({ n: entries.length, operations: [], ...(of && { of }) });
    return changesSince({ entries, length: 0 }, digest)?.map(({ n }) => n);
  };
  const marked = [undefined, 'one', undefined, 'two', undefined];
  test('all of the text that the log continues', () => expect(since('start', ...marked)).toEqual([1, 3, 5]));
  test('also when it is marked later', () => expect(since('start', undefined, 'start')).toEqual([1]));
  test('those after its mark', () => expect(since('two', ...marked)).toEqual([5]));
  test('those after the last of its marks', () => expect(since('one', ...marked, 'one')).toEqual([]));
  test('none can be said of another text', () => expect(since('other', ...marked)).toBeUndefined());
  test('none of a log without any, whatever the text is', () => expect(since('other')).toEqual([]));
});
