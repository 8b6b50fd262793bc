import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cloneRepository } from './clone.ts';
import { packedTarball, root, run } from './install.ts';
import { installPrograms, type Programs, runWith } from './programs.ts';

let programs: Programs;
let clone: string;
beforeAll(() => {
  programs = installPrograms('npm-10', 'npm-12', 'node-24');
  clone = cloneRepository();
});
afterAll(() => {
  for (const folder of [programs.folder, dirname(clone)]) rmSync(folder, { recursive: true });
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** An empty project. */
function emptyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

/** Expects that a project has the command, and the emulator by `require` and by `import`. */
function expectInstalled(folder: string): void {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(run(folder, 'npx', '--no-install', 'cloud-elements-emulator', '--version')).toEqual({
    status: 0,
    output: `${version}\n`,
  });
  const use = "const emulator = createEmulator({ fixture: 'minimal' }); console.log(emulator.requests.length);";
  const required = `const { createEmulator } = require('cloud-elements-emulator'); ${use}`;
  expect(run(folder, 'node', '-e', required)).toEqual({ status: 0, output: '0\n' });
  const imported = `import { createEmulator } from 'cloud-elements-emulator'; ${use}`;
  expect(run(folder, 'node', '--input-type=module', '-e', imported)).toEqual({ status: 0, output: '0\n' });
}

/** Versions of npm, each with a node that it supports, and what it asks for before it installs from git. */
const npms = [
  { npm: 'npm-10', node: undefined, forGit: [] },
  { npm: 'npm-12', node: 'node-24', forGit: ['--allow-git=root'] },
] as const;

describe.each(npms)('$npm', ({ npm, node, forGit }) => {
  const install = (folder: string, ...args: string[]) => {
    const nodeFolder = node === undefined ? dirname(process.execPath) : programs.at(node, 'bin');
    const quiet = ['--no-audit', '--no-fund'];
    return runWith(
      nodeFolder,
      folder,
      'node',
      programs.at(npm, 'bin/npm-cli.js'),
      'install',
      '--save-dev',
      ...quiet,
      ...args,
    );
  };

  test('installs the packed tarball next to Jest', () => {
    const folder = emptyProject();
    const { status, output } = install(folder, packedTarball(), 'jest');
    expect(output).toMatch(/added \d+ packages/);
    expect(status).toBe(0);
    expectInstalled(folder);
  });

  test('installs from a git repository and builds the package', () => {
    const folder = emptyProject();
    const { status, output } = install(folder, ...forGit, `git+file://${clone}`);
    expect(output).toMatch(/added \d+ packages/);
    expect(status).toBe(0);
    expectInstalled(folder);
    // What is installed is what would be packed, and no checkout.
    expect(existsSync(join(folder, 'node_modules/cloud-elements-emulator/src'))).toBe(false);
  });
});

test('npm 10.8.2 installs the folder of a fresh clone', () => {
  const folder = emptyProject();
  const npm = programs.at('npm-10', 'bin/npm-cli.js');
  const { status, output } = run(folder, 'node', npm, 'install', '--save-dev', '--no-audit', '--no-fund', clone);
  expect(output).toMatch(/added \d+ package/);
  expect(status).toBe(0);
  expectInstalled(folder);
});

test('the tarball has the files for users, and no files of the development', () => {
  const listed = run(root, 'tar', '-tzf', packedTarball()).output;
  const files = listed
    .trim()
    .split('\n')
    .map((name) => name.replace(/^package\//, ''));
  expect(files).toEqual(
    expect.arrayContaining([
      ...['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'THIRD_PARTY_NOTICES', 'llms.txt'],
      ...['dist/index.cjs', 'dist/index.js', 'dist/index.d.ts', 'dist/index.d.cts', 'dist/cli.cjs'],
      ...[
        'dist/testing.cjs',
        'dist/testing.js',
        'dist/intercept.cjs',
        'dist/compare.cjs',
        'dist/pull.cjs',
        'dist/jest.cjs',
        'dist/vitest.js',
        'dist/bun.js',
      ],
      ...['dist/sandbox/index.html', 'dist/sandbox/app.js', 'dist/sandbox/app.css'],
      ...['fixtures/documentation.json', 'fixtures/minimal.json', 'fixtures/fixture.schema.json'],
    ]),
  );
  const folders = new Set(files.flatMap((name) => (name.includes('/') ? [name.split('/')[0]] : [])));
  expect([...folders].sort()).toEqual(['bench', 'dist', 'docs', 'fixtures']);
  // Declarations are .d.ts and .d.cts; there are no sources, tests, maps, states or logs.
  const unwanted = files.filter((name) => /(?<!\.d)\.[cm]?tsx?$|\.map$|\.test\.|\.log$|\.lock$|\.tgz$|^\./.test(name));
  expect(unwanted).toEqual([]);
  // The whole of what package.json leads to is there.
  const { main, types, bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const targets = JSON.stringify([main, types, bin, exports]).matchAll(/"(?:\.\/)?((?:dist|fixtures)\/[^"*]+)"/g);
  expect([...targets].map(([, target]) => target).filter((target) => !files.includes(String(target)))).toEqual([]);
});
