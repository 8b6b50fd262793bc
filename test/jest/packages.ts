import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  ['find-my-way'],
  ['@sinclair/typebox', '@sinclair/typebox/compiler', '@sinclair/typebox/errors', '@sinclair/typebox/value'],
];

/** jest.config.js has this path too. */
const folder = join(__dirname, '../../node_modules/.cache/jest-packages');

/** Bundles the installed packages. */
export function bundlePackages(): void {
  for (const names of groups) bundle(names);
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
  for (const name of names) write(name, `module.exports = require('${folder}/${first}/bundle.js')['${name}'];`);
}

/** Another run may be reading the file. */
function write(name: string, text: string): void {
  const file = join(folder, `${name}.js`);
  mkdirSync(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
