import { constants } from 'node:buffer';
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator } from '../../src/index.ts';
import { useFolder } from '../durability/processes.ts';

const folder = useFolder('huge-files');

test.each([
  ['a fixture', (path: string) => ({ fixture: path })],
  ['a data file', (path: string) => ({ dataFile: path })],
])('%s that is larger than a string can be is refused with its name', (_name, options) => {
  const path = join(folder, 'huge.json');
  writeFileSync(path, '{');
  truncateSync(path, constants.MAX_STRING_LENGTH + 1);
  expect(() => createEmulator(options(path))).toThrow(
    `${path}: the file has 512 MiB, and no more than 511 can be read: make it smaller`,
  );
  expect(statSync(path).size).toBe(constants.MAX_STRING_LENGTH + 1);
  rmSync(path);
});
