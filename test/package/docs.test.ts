import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { type Block, blocksOf, linkFaults, pages } from '../support/markdown.ts';
import { until } from '../support/until.ts';
import { cloneRepository } from './clone.ts';
import { install, root, run } from './install.ts';
import { Reader } from './page.ts';

/** What the pages use beside the package; msw 3, nock 15 and Vitest 5 need Node 22. */
const packages = [
  ...['jest', 'nock@14', 'msw@2', 'vitest@4'],
  ...['typescript', '@types/node', '@types/jest', '@types/supertest', 'supertest'],
];

/** What is installed where a page installs the newest. */
const pins = new Map([['vitest', 'vitest@4']]);

/** Blocks that are not run here, by how they begin. */
const unexecuted: readonly [page: string, begin: string, why: string][] = [
  ['README.md', 'npm ci && npm start', 'it is for a clone; a test of its own follows it there'],
  ['README.md', 'npm ci && npm test', 'it is for a clone, where .ci/run does it'],
  ['README.md', "import 'cloud-elements-emulator/jest'", 'docs/getting-started.md has the whole test'],
  ['docs/getting-started.md', "import 'cloud-elements-emulator/bun'", 'runtimes.test.ts has a whole suite'],
  ['docs/operations.md', 'npx cloud-elements-emulator openapi', 'consumers.test.ts does it, beside a compiler'],
  ['docs/running.md', 'docker build', 'there may be no Docker; docker.test.ts takes the steps'],
  ['docs/running.md', 'docker run', 'there may be no Docker; test/docs reads the options'],
  ['docs/running.md', 'mkdir -p data\ndocker run', 'there may be no Docker; test/docs reads the options'],
];

/** How many test files a page has at least: a page on which none is recognised would pass. */
const testFiles: Readonly<Record<string, number>> = {
  'README.md': 1,
  'docs/recipes.md': 8,
  'docs/getting-started.md': 6,
  'docs/migrating.md': 6,
  'docs/troubleshooting.md': 2,
};

/** What curl is answered on a page, in its order, where it is not 200. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  'docs/control-api.md': ['503', '401'],
  'docs/troubleshooting.md': ['401'],
};

let installed: string;
let clone: string;
beforeAll(async () => {
  installed = await install(...packages);
  clone = cloneRepository();
});
afterAll(() => {
  for (const folder of [installed, dirname(clone)]) rmSync(folder, { recursive: true });
});

const isUnexecuted = ({ page, text }: Block) =>
  unexecuted.some(([where, begin]) => where === page && text.startsWith(begin));

// Before the page itself, which packs what is installed and built here.
test("the README's first line runs the emulator in a clone", async () => {
  const [first] = blocksOf('README.md');
  expect(first?.text).toBe('npm ci && npm start\n');
  const port = String(await freePort());
  const env = { ...process.env, CE_EMULATOR_PORT: port };
  // A group of its own, which is ended as a whole, as a terminal does by Ctrl+C.
  const shell = spawn('bash', ['-ec', first?.text ?? ''], { cwd: clone, env, detached: true, stdio: 'pipe' });
  const exit = once(shell, 'exit');
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (data) => (output += data));
  try {
    await until(() => / {2}curl .*\n/.test(output) || shell.exitCode !== null, 200_000);
    const answer = await fetch(`http://127.0.0.1:${port}/__emulator/health`);
    expect(answer.status).toBe(200);
  } catch (error) {
    throw new Error(`npm ci && npm start: ${output}`, { cause: error });
  } finally {
    if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGINT');
    await exit;
  }
});

test('the README has the file name that npm pack gives this version', () => {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(` ./${name}-${version}.tgz `);
});

test.each(pages)('the code of %s works as described', async (page) => {
  const folder = await projectFor(page);
  const reader = await Reader.in(folder, pins);
  const codes: string[] = [];
  try {
    if (page === 'docs/control-api.md') await reader.start();
    for (const block of blocksOf(page)) {
      if (isUnexecuted(block)) continue;
      await reader.follow(block);
      if (block.language === 'sh')
        codes.push(...[...reader.output.matchAll(/^\[(\d{3})]$/gm)].map(([, code = '']) => code));
    }
    if (page === 'docs/running.md') {
      expect(reader.output).toContain('{ status: 404 }');
      expect(readFileSync(join(folder, 'emulator.log'), 'utf8')).toContain('Base URL');
    }
    expect(codes.filter((code) => code !== '200')).toEqual(refusals[page] ?? []);
    expect(reader.test()).toBeGreaterThanOrEqual(testFiles[page] ?? 0);
  } finally {
    await reader.end();
    rmSync(folder, { recursive: true });
  }
});

test('the workflow itself fails when the emulator does not start', async () => {
  const workflow = blocksOf('docs/running.md').find(({ text }) => text.includes('runs-on:'));
  const folder = await projectFor('docs/running.md');
  const reader = await Reader.in(folder);
  // It is asked for when it has said why it does not start, however long that took.
  const text =
    workflow?.text
      .replace(/^( *)curl /m, '$1until grep -q . emulator.log; do sleep 0.1; done\n$&')
      .replace('--retry 20', '--retry 2')
      .replace('npm test', 'touch tested') ?? '';
  try {
    // There is no fixture.json.
    await expect(reader.follow({ page: '', line: 1, file: undefined, language: 'yaml', text })).rejects.toThrow('curl');
    expect(readdirSync(folder)).not.toContain('tested');
    expect(readFileSync(join(folder, 'emulator.log'), 'utf8')).toContain("fixture 'fixture.json'");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every script on the pages compiles in strict TypeScript', () => {
  const folder = mkdtempSync(join(tmpdir(), 'types-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
    // JavaScript says nothing of its parameters; all else is checked as in TypeScript.
    const compilerOptions = {
      ...{ strict: true, noImplicitAny: false, allowJs: true, checkJs: true, noEmit: true, skipLibCheck: true },
      ...{ module: 'nodenext', target: 'es2022', types: ['node', 'jest', 'cloud-elements-emulator/jest'] },
    };
    const faults: string[] = [];
    const isScript = ({ language }: Block) => language === 'js' || language === 'ts';
    const isOfBun = ({ text }: Block) => text.includes('bun:test');
    for (const page of pages) {
      const own = join(folder, page.replace(/\W/g, '-'));
      mkdirSync(own);
      writeFileSync(join(own, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }));
      const scripts = blocksOf(page).filter((block) => isScript(block) && !isOfBun(block));
      for (const { file, line, language, text } of scripts) {
        const isModule = /^import /m.test(text) && (language === 'js' || /^(?:const .* = )?await /m.test(text));
        const extension = isModule ? `m${language}` : language;
        writeFileSync(join(own, file ?? `line-${line}.${extension}`), text);
      }
      if (scripts.length === 0) continue;
      const { output } = run(own, join(folder, 'node_modules/.bin/tsc'), '-p', '.');
      if (output !== '') faults.push(`${page}: ${output}`);
    }
    expect(faults).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('no page of the package has a link to a file that is not in it', () => {
  const folder = join(installed, 'node_modules/cloud-elements-emulator');
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true });
  const texts = names.filter((name) => /^(?!dist|node_modules).*\.(?:md|txt)$/.test(name));
  expect(texts).toEqual(expect.arrayContaining([...pages, 'SECURITY.md', 'CONTRIBUTING.md', 'llms.txt']));
  expect(texts.flatMap((page) => linkFaults(folder, page))).toEqual([]);
});

test('the list of blocks that are not run has only existing blocks', () => {
  const blocks = pages.flatMap(blocksOf);
  for (const [page, begin] of unexecuted) {
    expect(blocks).toContainEqual(expect.objectContaining({ page, text: expect.stringMatching(`^${begin}`) }));
  }
});

/** Pages that install more beside the package, and what their readers have already. */
const installing = new Map([
  ['docs/running.md', []],
  ['docs/getting-started.md', ['jest']],
]);

/** A reader's project: empty and beside a clone for the README, and with the package for the others. */
async function projectFor(page: string): Promise<string> {
  if (page === 'README.md') {
    const folder = join(dirname(clone), 'project');
    mkdirSync(folder);
    return folder;
  }
  const beside = installing.get(page);
  const folder = beside === undefined ? mkdtempSync(join(tmpdir(), 'page-')) : await install(...beside);
  // curl says how it was answered, aside from what it was answered.
  writeFileSync(join(folder, '.curlrc'), 'silent\nshow-error\nwrite-out = "%{stderr}\\n[%{http_code}]\\n"\n');
  if (page === 'docs/running.md') {
    writeFileSync(
      join(folder, 'check.js'),
      'fetch(process.env.PLATFORM_URL).then(({ status }) => console.log({ status }))',
    );
    run(folder, 'npm', 'pkg', 'set', 'scripts.test=node check.js');
  }
  if (beside !== undefined) return folder;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'reader', private: true }));
  symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
