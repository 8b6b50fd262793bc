import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readDocument } from './enforce/folder.ts';

test('a linter finds only the ambiguous paths of the platform', () => {
  const output = execFileSync(process.execPath, [join(__dirname, 'lint.mjs')], {
    input: JSON.stringify(readDocument()),
  });
  // No request fits both paths, because ids are numbers and fixed segments come before parameters.
  const ambiguous = (one: string, other: string, at: string) =>
    `no-ambiguous-paths: Paths should resolve unambiguously. Found two ambiguous paths: \`${one}\` and \`${other}\`. (#/paths/${at})`;
  expect(JSON.parse(output.toString())).toEqual([
    ambiguous('/organizations/users/{emailOrId}', '/organizations/{id}/accounts', '~1organizations~1{id}~1accounts'),
    ambiguous('/organizations/{id}/accounts', '/organizations/roles/{id}', '~1organizations~1roles~1{id}'),
  ]);
});
