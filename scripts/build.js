// Builds dist/: one CommonJS bundle that contains the dependencies which are only ES modules, an ES-module
// wrapper around the same bundle, the command, and the declarations for both.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { onDemand } from './on-demand.js';
import peggy from './peggy.cjs';

const require = createRequire(import.meta.url);
const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);

/** What makes certificates has a build of its own. */
const certificateModule = 'src/tls/make-certificate.ts';

/** Modules that are built together, a file each. */
const entryModules = {
  'src/index.ts': 'index',
  'src/intercept/index.ts': 'intercept',
  'src/conformance/index.ts': 'compare',
  'src/pull/index.ts': 'pull',
  'src/cli/fixture-command.ts': 'fixture-command',
  'src/ceql/index.ts': 'on-demand/ceql',
  'src/openapi/document.ts': 'on-demand/openapi',
};
/** Modules that others load instead of having copies of them; those of the command and of options load on demand. */
const sharedModules = { ...entryModules, [certificateModule]: 'on-demand/make-certificate' };

const shared = {
  name: 'shared-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ importer, kind, path }) => {
      const built = sharedModules[relative(root, resolve(dirname(importer), path))];
      return built === undefined || kind === 'entry-point' ? undefined : { path: `./${built}.cjs`, external: true };
    });
  },
};

/** What all builds for Node have in common. */
const forNode = {
  absWorkingDir: root,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Node prints the whole line of an uncaught error.
  lineLimit: 200,
  legalComments: 'none',
  metafile: true,
};

const { metafile } = await build({
  ...forNode,
  entryPoints: {
    cli: 'src/cli/bin.ts',
    testing: 'src/testing/index.ts',
    jest: 'src/testing/jest.ts',
    ...Object.fromEntries(Object.entries(entryModules).map(([file, built]) => [built, file])),
    ...onDemand.entryPoints,
  },
  outdir: 'dist',
  external: ['@jest/globals', 'bun:test'],
  minifySyntax: true,
  // Half of the cost of a cold start is reading the file; names stay readable in stack traces.
  minifyWhitespace: true,
  plugins: [peggy.esbuildPlugin, shared, onDemand.plugin],
});
/** No stack trace needs the names of this part. */
const certificates = await build({
  ...forNode,
  entryPoints: [certificateModule],
  outdir: 'dist/on-demand',
  // The ES modules of its packages, of which the bundle has only the parts that are used.
  mainFields: ['module', 'main'],
  minify: true,
});
/** The sandbox page: separate files, which the emulator reads when somebody opens the page. */
const sandbox = await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'src/sandbox/main.tsx', out: 'app' },
    { in: 'src/sandbox/styles/app.css', out: 'app' },
  ],
  outdir: 'dist/sandbox',
  bundle: true,
  platform: 'browser',
  // The oldest versions with light-dark(), which the style sheets use for colors.
  target: ['chrome123', 'firefox120', 'safari17.5'],
  format: 'esm',
  minify: true,
  tsconfig: 'src/sandbox/tsconfig.json',
  legalComments: 'none',
  metafile: true,
});
for (const file of ['index.html', 'icon.svg']) cpSync(join(root, 'src/sandbox', file), join(dist, 'sandbox', file));

const cli = join(dist, 'cli.cjs');
writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, 'utf8')}`, { mode: 0o755 });

for (const entry of ['index', 'intercept', 'compare']) {
  const names = Object.keys(require(join(dist, `${entry}.cjs`))).sort();
  writeFileSync(join(dist, `${entry}.js`), `export { ${names.join(', ')} } from './${entry}.cjs';\n`);
}
writeFileSync(join(dist, 'jest.js'), "import './jest.cjs';\n");
cpSync(join(root, 'scripts/entries'), dist, { recursive: true });
// Vitest runs every test as an ES module; its types are also asked for by projects that are none by name.
const vitestTypes = readFileSync(join(dist, 'vitest.d.ts'), 'utf8');
writeFileSync(join(dist, 'vitest.d.cts'), vitestTypes.replaceAll(".js'", ".cjs'"));

writeDeclarations();
writeFileSync(
  join(root, 'THIRD_PARTY_NOTICES'),
  notices([metafile, certificates.metafile, sandbox.metafile].flatMap(({ inputs }) => Object.keys(inputs))),
);

/** The declarations that the entries reach, as ES module (.d.ts) and as CommonJS (.d.cts). */
function writeDeclarations() {
  const emitted = join(dist, '.declarations');
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.declarations.json', '--outDir', emitted],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  const source = join(emitted, 'src');
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/from ['"](\.[^'"]+)\.ts['"]/g)) {
      visit(`${resolve(dirname(file), specifier)}.d.ts`);
    }
  };
  for (const entry of ['index', 'testing/index', 'testing/jest', 'intercept/index', 'conformance/index'])
    visit(join(source, `${entry}.d.ts`));
  for (const file of reached) {
    const text = withNodeTypes(readFileSync(file, 'utf8'));
    const target = join(dist, relative(source, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replace(/(from ['"]\.[^'"]+)\.ts(['"])/g, '$1.js$2'));
    writeFileSync(target.replace(/\.ts$/, '.cts'), text.replace(/(from ['"]\.[^'"]+)\.ts(['"])/g, '$1.cjs$2'));
  }
  rmSync(emitted, { recursive: true });
}

/**
 * Adds a reference to Node's types to a declaration that uses them: since TypeScript 6 a project has only the types
 * that it names in `types`, and a type that a declaration cannot find is silently `any`.
 */
function withNodeTypes(text) {
  return /'node:|\bNodeJS\.|\bBuffer\b/.test(text) ? `/// <reference types="node" />\n${text}` : text;
}

/** The licenses of the packages in the bundle. */
function notices(inputs) {
  const packages = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  /** Packages by the text of their license, because many have the same. */
  const byText = new Map();
  for (const folder of [...packages].sort()) {
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text =
      file === undefined
        ? `Copyright ${author?.name ?? author}`
        : readFileSync(join(root, folder, file), 'utf8').trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `This package contains code of the following packages.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}
