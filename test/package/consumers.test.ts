import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { consumer, install, pack, root, run } from './install.ts';

let tarball: string;
let withJest: string;
const folders: string[] = [];
beforeAll(() => {
  tarball = pack();
  withJest = install(tarball, 'jest');
  folders.push(dirname(tarball), withJest);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The first block of a language in the README. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
}

describe('Jest in CommonJS, without configuration', () => {
  let folder: string;
  beforeAll(() => {
    folder = consumer('jest-commonjs', withJest);
    folders.push(folder);
  });

  test("passes its own test and the README's first one", () => {
    writeFileSync(join(folder, 'accounts.test.js'), block('js'));
    const { status, output } = run(folder, 'npx', 'jest', '--verbose', '--detectOpenHandles');
    expect(output).toContain('a deleted account is not retrieved any more');
    expect(output).toContain('Tests:       3 passed, 3 total');
    expect(output).not.toContain('open handle');
    expect(status).toBe(0);
  });

  test("gives the documents' own curl commands what they print, through npx", () => {
    const replay = join(root, 'test/documents/curl/replay.mjs');
    const { status, output } = run(folder, 'node', replay, 'npx', 'cloud-elements-emulator', '--port', '0');
    expect(output).toContain('21 passed, 0 failed');
    expect(status).toBe(0);
  });

  test('has few and small dependencies', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules/cloud-elements-emulator/package.json'), 'utf8'),
    );
    expect(Object.keys(dependencies).sort()).toEqual(['express', 'lowdb', 'nanoid']);
  });

  test('runs the command, which ends with its output written on SIGTERM', async () => {
    const bin = join(folder, 'node_modules/.bin/cloud-elements-emulator');
    const child = spawn(bin, ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (data) => {
        out += data;
        if (out.includes('curl')) resolve();
      });
      child.on('exit', () => reject(new Error(`the command ended early: ${out}`)));
    });
    const pasted = / {2}(curl .*)\n/.exec(out)?.[1] ?? '';
    const { status, output } = run(folder, 'bash', '-c', `${pasted} --silent --show-error --write-out ' %{http_code}'`);
    expect(output).toMatch(/^\[\{"id":1000,.*}] 200$/);
    expect(status).toBe(0);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });
});

describe('Jest in ES modules', () => {
  let folder: string;
  beforeAll(() => {
    folder = consumer('jest-esm', withJest, { type: 'module' });
    folders.push(folder);
  });

  test('passes its tests', () => {
    const { status, output } = run(folder, 'node', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js');
    expect(output).toContain('Tests:       2 passed, 2 total');
    expect(status).toBe(0);
  });
});

describe('TypeScript', () => {
  let folder: string;
  beforeAll(() => {
    folder = consumer('types', install(tarball, 'typescript', '@types/node'));
    folders.push(folder);
  });

  test('finds the types from CommonJS and from ES modules, and checks them in full', () => {
    writeFileSync(join(folder, 'readme.mts'), block('ts'));
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--target',
      'es2022',
    ];
    const files = ['commonjs.cts', 'module.mts', 'readme.mts'];
    const { status, output } = run(
      folder,
      'npx',
      'tsc',
      ...flags,
      '--types',
      'node',
      '--skipLibCheck',
      'false',
      ...files,
    );
    expect(output).toBe('');
    expect(status).toBe(0);
  });
});
