import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Jest loads the packages anew for every test file, module by module, and these have hundreds of modules: that
 * took longer than the tests of most files. So each group is bundled into one module, and jest.config.js maps
 * the names of the packages to it. The packages of one group share their modules.
 */
const groups = [
  ['express'],
  ['supertest'],
  ['fast-check'],
  ['@sinclair/typebox', '@sinclair/typebox/compiler', '@sinclair/typebox/errors', '@sinclair/typebox/value'],
];

/** jest.config.js has this path too. */
const folder = join(__dirname, '../../node_modules/.cache/jest-packages');

/** npm writes it at each installation. */
const installed = join(__dirname, '../../node_modules/.package-lock.json');

/** Bundles the installed packages, unless the bundles are newer than the packages and this module. */
export function bundlePackages(): void {
  const changed = Math.max(timeOf(installed), timeOf(__filename));
  for (const names of groups) {
    if (names.some((name) => timeOf(join(folder, `${name}.js`)) <= changed)) bundle(names);
  }
}

/** When a file was written; 0 when there is none. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function bundle(names: readonly string[]): void {
  const [first = ''] = names;
  const getters = names.map((name) => `get '${name}'() { return require('${name}'); },`);
  const { outputFiles } = buildSync({
    stdin: { contents: `module.exports = { ${getters.join(' ')} };`, resolveDir: __dirname },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    minifySyntax: true,
  });
  write(`${first}/bundle`, outputFiles[0]?.text ?? '');
  for (const name of names) {
    const target = relative(dirname(name), `${first}/bundle.js`);
    write(name, `module.exports = require('./${target}')['${name}'];`);
  }
}

/** Another run may be reading the file. */
function write(name: string, text: string): void {
  const file = join(folder, `${name}.js`);
  mkdirSync(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
