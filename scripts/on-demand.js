// What the bundle carries but rarely needs lies beside it, and is read when it is needed: every process that
// starts an emulator, and every Jest file, reads and compiles the bundle anew.

import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const folder = 'on-demand';

/** What Express loads at once, but uses for what the emulator seldom does: media types by extension, nested queries. */
const packages = ['mime-types', 'qs'];

/** Stands in for a package: whoever touches one of its exports gets the package's own. */
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
    // The tables of East Asian encodings, which iconv-lite itself reads when one is asked for.
    onResolve({ filter: /^\.\/tables\/.*\.json$/ }, ({ importer, path }) =>
      importer.includes('iconv-lite') ? { path: path.replace('.', `./${folder}`), external: true } : undefined,
    );
  },
};

export const onDemand = {
  plugin,
  entryPoints: Object.fromEntries(packages.map((name) => [`${folder}/${name}`, name])),
  /** Puts beside the bundle what is read as it is. */
  copy(dist) {
    const encodings = join(dirname(require.resolve('iconv-lite/package.json')), 'encodings');
    cpSync(join(encodings, 'tables'), join(dist, folder, 'tables'), { recursive: true });
  },
};
