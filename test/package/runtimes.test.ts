import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { consumer, install, run } from './install.ts';
import { installPrograms, type Programs, runWith } from './programs.ts';

let programs: Programs;
/** Projects by the names of their consumers; each is made once, and run by several programs. */
const projects = new Map<string, string>();
const folders: string[] = [];
beforeAll(async () => {
  programs = installPrograms('node-22', 'node-24', 'node-26', 'bun', 'deno');
  const jest = await install('jest');
  const others = await install('@types/node', '@types/bun', 'typescript');
  folders.push(programs.folder, jest, others);
  const add = (name: string, installed: string, type: string, as = name) => {
    projects.set(as, consumer(name, installed, { type }));
  };
  add('jest-commonjs', jest, 'commonjs');
  for (const name of ['node-test-esm', 'bun', 'deno']) add(name, others, 'module');
  add('bun', others, 'commonjs', 'bun-commonjs');
});
afterAll(() => {
  for (const folder of [...folders, ...projects.values()]) rmSync(folder, { recursive: true });
});

function project(name: string): string {
  const folder = projects.get(name);
  if (folder === undefined) throw new Error(`There is no project ${name}.`);
  return folder;
}

describe.each([22, 24, 26] as const)('Node %d', (major) => {
  const runIn = (folder: string, command: string, ...args: string[]) =>
    runWith(programs.at(`node-${major}`, 'bin'), folder, command, ...args);

  test('is the version that runs', () => {
    expect(runIn(tmpdir(), 'node', '--version').output).toMatch(new RegExp(`^v${major}\\.`));
  });

  test('runs a suite of Jest', () => {
    const { status, output } = runIn(project('jest-commonjs'), 'npx', 'jest');
    expect(output).toContain('Tests:       9 passed, 9 total');
    expect(status).toBe(0);
  });

  test('runs a suite of node:test, in ES modules', () => {
    const { status, output } = runIn(project('node-test-esm'), 'node', '--test');
    expect(output).toContain('pass 5');
    expect(status).toBe(0);
  });

  test('runs the command', () => {
    const args = ['cloud-elements-emulator', 'fixture', 'check', 'documentation'];
    const { status, output } = runIn(project('jest-commonjs'), 'npx', ...args);
    expect(output).toMatch(/^documentation: good, /);
    expect(status).toBe(0);
  });
});

describe('bun test', () => {
  test.each([['bun'], ['bun-commonjs']])('passes the tests of %s', (name) => {
    const { status, output } = run(project(name), programs.at('bun', 'bin/bun.exe'), 'test');
    expect(output).toContain(' 6 pass\n 0 fail');
    expect(status).toBe(0);
  });

  test('has types for toHaveReceived', () => {
    const { status, output } = run(project('bun'), 'npx', 'tsc', '-p', '.');
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  test('is named in the message of useEmulator() in a script', () => {
    const script = "require('cloud-elements-emulator/testing').useEmulator()";
    const { status, output } = run(project('bun'), programs.at('bun', 'bin/bun.exe'), '-e', script);
    expect(output).toContain('Run "bun test" to run tests.');
    expect(status).toBe(1);
  });
});

test.each([['deno.test.ts'], ['node.test.ts']])('deno test passes %s and its types', (file) => {
  const { status, output } = run(project('deno'), programs.at('deno', 'bin.cjs'), 'test', '--allow-all', file);
  expect(output).toContain('3 passed | 0 failed');
  expect(status).toBe(0);
});
