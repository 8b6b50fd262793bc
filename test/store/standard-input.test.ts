import fs from 'node:fs';
import { createEmulator, readFixture } from '../../src/index.ts';

let reads: jest.SpiedFunction<typeof fs.readSync>;
beforeEach(() => {
  reads = jest.spyOn(fs, 'readSync');
});
afterEach(() => reads.mockRestore());

const failure = (code: string) => Object.assign(new Error(`${code}: raw text`), { code });

/** What comes in, piece by piece, and then the end. */
function pipe(...pieces: (string | Error)[]): void {
  reads.mockImplementation((_file: number, into: NodeJS.ArrayBufferView) => {
    const piece = pieces.shift() ?? '';
    if (typeof piece !== 'string') throw piece;
    return Buffer.from(into.buffer, into.byteOffset).write(piece);
  });
}

test('comes in pieces, of which some let wait', () => {
  pipe('{"organizations"', failure('EAGAIN'), ': [{"name": "A"}]}');
  expect(readFixture('-')).toMatchObject({ organizations: 1, fixture: { organizations: [{ name: 'A' }] } });
});

test('is a fixture to start with, and is not read again for a reset', async () => {
  pipe('{"organizations": [{"name": "Piped"}]}');
  const emulator = createEmulator({ fixture: '-' });
  await emulator.reset();
  expect(emulator.snapshot().organizations).toMatchObject([{ name: 'Piped' }]);
});

test('ends where Windows says so', () => {
  pipe('{"organizations": [{"name": "A"}]}', failure('EOF'));
  expect(readFixture('-')).toMatchObject({ users: 1 });
});

test.each([
  ['nothing', '', 'the file is empty, expected a JSON object with "organizations"'],
  ['half of something', '{"org', 'the file is cut off at line 1, column 6: mend it'],
  ['a failure', failure('EIO'), 'it cannot be read: EIO: raw text'],
])('%s is refused', (_what, piece, problem) => {
  pipe(piece);
  expect(() => readFixture('-')).toThrow(`standard input: ${problem}`);
});
