// Splits rarely needed parts off the bundle into files that are read on demand, because every process that starts
// an emulator, and every Jest file, reads and compiles the whole bundle.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const folder = 'on-demand';

/**
 * Packages that Express loads at once but the emulator seldom uses: encodings, media types by extension, nested
 * queries, downloads, and reports for those who set the variable `DEBUG`. None of them needs another one.
 */
const packages = ['iconv-lite', 'mime-types', 'qs', 'content-disposition', 'debug'];

/** The code of a stand-in for a package, which loads the package at the first use of an export, or the first call. */
function standIn(name) {
  const load = `require('./${folder}/${name}.cjs')`;
  if (name === 'debug') return `module.exports = process.env.DEBUG ? ${load} : () => () => undefined;`;
  const exported = require(name);
  const head = typeof exported === 'function' ? `module.exports = (...given) => ${load}(...given);` : '';
  const getters = Object.keys(exported).map(
    (key) => `Object.defineProperty(module.exports, '${key}', { get: () => ${load}.${key} });`,
  );
  return [head, ...getters].join('\n');
}

const plugin = {
  name: 'on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${packages.join('|')})$`) }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path, namespace: folder },
    );
    onLoad({ filter: /./, namespace: folder }, ({ path }) => ({ contents: standIn(path) }));
    onResolve({ filter: new RegExp(`^\\./${folder}/`) }, ({ path }) => ({ path, external: true }));
    // Tables of East Asian encodings: nothing reads them, because the emulator takes only UTF-8 (src/http/request.ts).
    onLoad({ filter: /iconv-lite\/encodings\/tables\/.*\.json$/ }, () => ({ contents: 'module.exports = [];' }));
  },
};

export const onDemand = {
  plugin,
  entryPoints: Object.fromEntries(packages.map((name) => [`${folder}/${name}`, name])),
};
