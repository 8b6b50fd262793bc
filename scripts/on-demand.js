// Splits rarely needed parts off the bundle into files that are read on demand, because every process that starts
// an emulator, and every Jest file, reads and compiles the whole bundle.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const folder = 'on-demand';

/** Packages that Express loads at once but the emulator seldom uses: encodings, media types by extension, nested queries. */
const packages = ['iconv-lite', 'mime-types', 'qs'];

/** The code of a stand-in for a package, which loads the package at the first use of an export. */
function standIn(name) {
  return Object.keys(require(name))
    .map((key) => `Object.defineProperty(exports, '${key}', { get: () => require('./${folder}/${name}.cjs').${key} });`)
    .join('\n');
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
