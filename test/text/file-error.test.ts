import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFileError } from '../../src/text/file-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'file-error-'));
const file = join(folder, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

const failure = (code: string) => Object.assign(new Error(`${code}: raw text`), { code });
const id = process.getuid?.();

test.each([
  ['ENOENT', 'gone', 'read', `there is no file ${folder}/gone`],
  ['ENOENT', 'new', 'write', `no file can be made in ${folder}`],
  ['ENOENT', 'a/b/c', 'write', `there is no directory ${folder}/a`],
  ['ENOTDIR', 'file/b/c', 'write', `${file} is a file, not a directory`],
  ['EISDIR', '.', 'read', `${folder} is a directory`],
  ['EACCES', 'file', 'read', `user ${id} may not read ${file}`],
  ['EACCES', 'new', 'write', `user ${id} may not write ${folder}`],
  ['EPERM', 'new', 'write', `user ${id} may not write ${folder}`],
  ['EROFS', 'new', 'write', `${folder} is read-only`],
  ['ENAMETOOLONG', 'long', 'write', 'its name is too long'],
  ['ELOOP', 'loop', 'read', 'its links lead in a circle'],
  ['ENOSPC', 'new', 'write', 'the disk is full'],
  ['EIO', 'file', 'read', 'EIO: raw text'],
] as const)('%s of %s, to %s', (code, name, doing, text) => {
  expect(describeFileError(failure(code), join(folder, name), doing)).toBe(text);
});

test('a file without permission to write', () => {
  // Root may write all.
  const access = jest.spyOn(fs, 'accessSync').mockImplementation(() => {
    throw failure('EACCES');
  });
  expect(describeFileError(failure('EACCES'), file, 'write')).toBe(`user ${id} may not write ${file}`);
  access.mockRestore();
  expect(describeFileError(failure('EACCES'), file, 'write')).toBe(`user ${id} may not write ${folder}`);
});

test('a directory without permission to read', () => {
  const stat = jest.spyOn(fs, 'statSync').mockImplementation(() => {
    throw failure('EACCES');
  });
  expect(describeFileError(failure('EACCES'), file, 'read')).toBe(`user ${id} may not read ${folder}`);
  stat.mockRestore();
});

test('a system without user ids', () => {
  const getuid = Object.getOwnPropertyDescriptor(process, 'getuid');
  Object.defineProperty(process, 'getuid', { value: undefined, configurable: true });
  try {
    expect(describeFileError(failure('EACCES'), file, 'read')).toBe(`this user may not read ${file}`);
  } finally {
    if (getuid !== undefined) Object.defineProperty(process, 'getuid', getuid);
  }
});
