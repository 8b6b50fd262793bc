// Splits rarely needed parts off the bundle into files that are read on demand, because every process that starts
// an emulator, and every Jest file, reads and compiles the whole bundle.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const folder = 'on-demand';

/**
 * Packages that Express loads at once but the emulator seldom uses: encodings, media types by extension, nested
 * queries, other values of Accept than the usual ones, addresses of proxies, cookies, files and downloads, and reports
 * for those who set the variable `DEBUG`. And the list of the errors of a value.
 */
const packages = [
  ...['accepts', 'content-disposition', 'cookie', 'debug', 'iconv-lite', 'ipaddr.js', 'mime-types', 'qs'],
  ...['send', 'serve-static', '@sinclair/typebox/errors'],
];

/** The code of a stand-in for a package, which loads the package at the first call or the first use of another value. */
function standIn(name) {
  const load = `require('./${folder}/${name}.cjs')`;
  if (name === 'debug') return `module.exports = process.env.DEBUG ? ${load} : () => () => undefined;`;
  const exported = require(name);
  const head = typeof exported === 'function' ? `module.exports = (...given) => ${load}(...given);` : '';
  const members = Object.keys(exported).map((key) =>
    typeof exported[key] === 'function'
      ? `module.exports.${key} = (...given) => ${load}.${key}(...given);`
      : `Object.defineProperty(module.exports, '${key}', { get: () => ${load}.${key} });`,
  );
  return [head, ...members].join('\n');
}

const inPackage = new RegExp(`node_modules/(?:${packages.join('|')})/`);

const plugin = {
  name: 'on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${packages.join('|')})$`) }, ({ importer, kind, path }) => {
      if (kind === 'entry-point') return undefined;
      // A package on demand finds another one beside it.
      return inPackage.test(importer) ? { path: `./${path}.cjs`, external: true } : { path, namespace: folder };
    });
    onLoad({ filter: /./, namespace: folder }, ({ path }) => ({ contents: standIn(path) }));
    onResolve({ filter: new RegExp(`^\\./${folder}/`) }, ({ path }) => ({ path, external: true }));
    // Only compressed bodies need it, and loading it is a part of each start.
    onResolve({ filter: /^node:zlib$/ }, ({ path, namespace }) =>
      namespace === 'builtin' ? { path, external: true } : { path, namespace: 'builtin' },
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => require('${path}')[name] });`,
    }));
    // Tables of East Asian encodings: nothing reads them, because the emulator takes only UTF-8 (src/http/request.ts).
    onLoad({ filter: /iconv-lite\/encodings\/tables\/.*\.json$/ }, () => ({ contents: 'module.exports = [];' }));
  },
};

export const onDemand = {
  plugin,
  entryPoints: Object.fromEntries(packages.map((name) => [`${folder}/${name}`, name])),
};
