import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** `npm run lint` refuses import circles and imports against the direction that biome.json describes. */

const root = join(__dirname, '../..');

const files: Readonly<Record<string, string>> = {
  // A circle of types alone, of three files.
  'src/people/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
  'src/people/b.ts': "import type { C } from '../things/c.ts';\nexport type B = C;\n",
  'src/things/c.ts': "import type { A } from '../people/a.ts';\nexport type C = A | undefined;\n",
  'src/people/page.tsx': "import { a } from '../people/used-by-page.ts';\nexport const page = a;\n",
  'src/people/used-by-page.ts': "import { page } from './page.tsx';\nexport const a = () => page;\n",
  'src/http/platform.ts': "import type { Operation } from '../platform/operation.ts';\nexport type R = Operation;\n",
  'src/http/public.ts': "export type { Emulator } from '../index.ts';\n",
  'src/http/text.ts': "import { foldCase } from '../text/fold-case.ts';\nexport const fold = foldCase;\n",
  'src/state/http.ts': "import { basePath } from '../http/paths.ts';\nexport const base = basePath;\n",
  'src/state/file.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
  'src/platform/file.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
  'src/platform/users/http.ts': "import { readBody } from '../../http/request.ts';\nexport const read = readBody;\n",
  'src/platform/http.ts': "import { readBody } from '../http/request.ts';\nexport const read = readBody;\n",
  'src/platform/users/journal.ts':
    "import type { Journal } from '../../journal/journal.ts';\nexport type J = Journal;\n",
  'src/tls/http.ts': "import { basePath } from '../http/paths.ts';\nexport const base = basePath;\n",
  'src/tls/text.ts': "import { foldCase } from '../text/fold-case.ts';\nexport const fold = foldCase;\n",
  'src/journal/control.ts': "import type { Controls } from '../control/controls.ts';\nexport type C = Controls;\n",
  'src/conformance/platform.ts': "import { basePath } from '../http/paths.ts';\nexport const base = basePath;\n",
  'src/conformance/checks/text.ts': "import { agree } from '../difference.ts';\nexport const a = agree;\n",
  'src/conformance/text.ts': "import { version } from '../text/version.ts';\nexport const v = version;\n",
  'src/pull/conformance.ts': "import { Caller } from '../conformance/caller.ts';\nexport const c = Caller;\n",
  'src/pull/public.ts': "export { startEmulator } from '../index.ts';\n",
  'src/platform/conformance.ts': "import { compare } from '../conformance/index.ts';\nexport const c = compare;\n",
  'src/journal/platform.ts': "import type { Caller } from '../platform/context.ts';\nexport type C = Caller;\n",
};

/** What Biome says of each file. */
function lint(): Readonly<Record<string, string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    const { vcs: _vcs, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const report = runBiome(folder);
    return Object.fromEntries(
      Object.keys(files).map((name) => [name, report.filter(({ path }) => path === name).map(({ rule }) => rule)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runBiome(folder: string): { path: string; rule: string }[] {
  const biome = require.resolve('@biomejs/biome/bin/biome');
  let output: string;
  try {
    output = execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    // Biome ends with 1 where it has found something.
    output = String(Reflect.get(Object(error), 'stdout'));
  }
  const { diagnostics } = JSON.parse(output) as { diagnostics: { category: string; location: { path: unknown } }[] };
  return diagnostics.map(({ category, location }) => ({
    path: typeof location.path === 'string' ? location.path : String(Reflect.get(Object(location.path), 'file')),
    rule: category,
  }));
}

test('lint refuses circles, including circles of types, and imports against the direction', () => {
  const circle = ['lint/suspicious/noImportCycles'];
  const direction = ['lint/style/noRestrictedImports'];
  expect(lint()).toEqual({
    'src/people/a.ts': circle,
    'src/people/b.ts': circle,
    'src/things/c.ts': circle,
    'src/people/page.tsx': circle,
    'src/people/used-by-page.ts': circle,
    'src/http/platform.ts': direction,
    'src/http/public.ts': direction,
    'src/http/text.ts': [],
    'src/state/http.ts': direction,
    'src/state/file.ts': direction,
    'src/platform/file.ts': direction,
    'src/platform/users/http.ts': direction,
    'src/platform/http.ts': [],
    'src/platform/users/journal.ts': direction,
    'src/tls/http.ts': direction,
    'src/tls/text.ts': [],
    'src/journal/control.ts': direction,
    'src/conformance/platform.ts': direction,
    'src/conformance/checks/text.ts': [],
    'src/conformance/text.ts': [],
    'src/pull/conformance.ts': [],
    'src/pull/public.ts': direction,
    'src/platform/conformance.ts': direction,
    'src/journal/platform.ts': [],
  });
});
