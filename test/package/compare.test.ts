import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../src/conformance/run-checks.ts';
import { consumer, install, run } from './install.ts';

/** The checks as the packed package has them, against the emulator that it has. */

let installed: string;
let folder: string;
beforeAll(async () => {
  installed = await install('typescript', '@types/node');
  folder = consumer('compare', installed);
});
afterAll(() => {
  for (const each of [installed, folder]) rmSync(each, { recursive: true });
});

/** Starts the installed command, runs another one against it, and ends the first. */
async function against(...args: string[]) {
  const bin = join(folder, 'node_modules/.bin/cloud-elements-emulator');
  const child = spawn(bin, ['--port', '0', '--fixture', 'minimal'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    let greeting = '';
    for await (const piece of child.stdout) {
      greeting += piece;
      if (/ {2}curl .*\n/.test(greeting)) break;
    }
    const value = (name: string) => new RegExp(`${name} +(\\S+)`).exec(greeting)?.[1] ?? '';
    const secrets = [
      `CE_USER_SECRET=${value('User secret')}`,
      `CE_ORGANIZATION_SECRET=${value('Organization secret')}`,
    ];
    return run(folder, 'env', ...secrets, 'npx', 'cloud-elements-emulator', ...args, value('Base URL'));
  } finally {
    child.kill('SIGTERM');
    await exit;
  }
}

test('the installed command runs every check, and all agree', async () => {
  const { status, output } = await against('compare', '--write', '--json', 'report.json');
  expect(output).toContain(' 0 differ, ');
  expect(status).toBe(0);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  expect(report.results).toHaveLength(checks.length);
  const notRun: { id: string; reason: string }[] = report.results.filter(
    ({ outcome }: { outcome: string }) => outcome === 'not run',
  );
  const beyond = notRun.filter(({ reason }) => reason.includes('name it with --only')).map(({ id }) => id);
  expect(beyond).toEqual(checks.filter(({ changes }) => changes === 'organization').map(({ id }) => id));

  const named = await against('compare', '--write', '--only', beyond.join(','));
  expect(named.output).toContain(`${beyond.length} agree, 0 differ, 0 not run`);
  expect(named.status).toBe(0);
});

test('the entry point works from ES modules and from CommonJS, and is loaded on demand', () => {
  expect(run(folder, 'node', 'check.mjs').output).toBe('2 0 1 true\n');
  expect(run(folder, 'node', 'check.cjs').output).toBe('1 function false function\n');
});

test('TypeScript compiles a script that uses the types of the entry point', () => {
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  expect(run(folder, 'node_modules/.bin/tsc', ...flags, 'types.mts').output).toBe('');
});
