import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { buildImage, type Image } from './image.ts';

// There may be no Docker where this runs: the steps that the Dockerfile has are taken in a folder.
let folder: string;
let image: Image;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docker-'));
  image = buildImage(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A process with nothing but what the image gives it. */
function start([command = '', ...args]: readonly string[], env: Record<string, string>) {
  const child = spawn(command, args, {
    cwd: image.at(image.workdir),
    env: { PATH: process.env.PATH, ...image.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, exit: once(child, 'close').then(([code]) => code) };
}

test('the image has the command, its licenses and nothing else', () => {
  expect(readdirSync(image.at('/')).sort()).toEqual(['app', 'data']);
  expect(readdirSync(image.at('/app')).sort()).toEqual(['LICENSE', 'THIRD_PARTY_NOTICES', 'dist']);
  expect(readdirSync(image.at('/app/dist')).sort()).toEqual([
    ...['cli.cjs', 'fixture-command.cjs', 'index.cjs', 'on-demand', 'sandbox'],
  ]);
});

test('the image starts, is healthy, keeps its data in the volume, and ends on a signal', async () => {
  const env = { CE_EMULATOR_PORT: String(await freePort()), CE_EMULATOR_DATA: image.at('/data/emulator.json') };
  expect(image.env).toMatchObject({ CE_EMULATOR_HOST: '0.0.0.0', CE_EMULATOR_PORT: '4600' });
  expect(await start(image.healthcheck, env).exit).toBe(1);

  const { child, exit } = start(image.entrypoint, env);
  await once(child.stdout, 'data');
  expect(await start(image.healthcheck, env).exit).toBe(0);
  const answer = await fetch(`http://127.0.0.1:${env.CE_EMULATOR_PORT}/elements/api-v2/organizations/me`);
  expect(answer.status).toBe(401);
  expect(readdirSync(image.at('/data'))).toContain('emulator.json');
  const page = await fetch(`http://127.0.0.1:${env.CE_EMULATOR_PORT}/__emulator/`);
  expect(page.headers.get('Content-Type')).toContain('text/html');
  // To tell a browser from a client, Express needs the media types, which are beside the bundle.
  const redirect = await fetch(`http://127.0.0.1:${env.CE_EMULATOR_PORT}/`, {
    headers: { Accept: 'text/html' },
    redirect: 'manual',
  });
  expect(redirect.status).toBe(302);

  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(await start(image.healthcheck, env).exit).toBe(1);
  // Nothing holds the file any more.
  expect(readdirSync(image.at('/data')).filter((name) => name.endsWith('.lock'))).toEqual([]);
});

test('the image is healthy with HTTPS too', async () => {
  const env = { CE_EMULATOR_PORT: String(await freePort()), CE_EMULATOR_HTTPS: '1' };
  const { child, exit } = start(image.entrypoint, env);
  const [greeting] = await once(child.stdout, 'data');
  expect(String(greeting)).toContain(`https://127.0.0.1:${env.CE_EMULATOR_PORT}/elements/api-v2`);
  expect(await start(image.healthcheck, env).exit).toBe(0);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(await start(image.healthcheck, env).exit).toBe(1);
});

// test/durability/lock.test.ts has containers that cannot see each other's processes.
test('the next container has the data of a killed one', async () => {
  const env = { CE_EMULATOR_PORT: String(await freePort()), CE_EMULATOR_DATA: image.at('/data/killed.json') };
  const lock = image.at('/data/killed.json.lock');
  const first = start(image.entrypoint, env);
  await once(first.child.stdout, 'data');
  const whileItRuns = start(image.entrypoint, env);
  expect(await whileItRuns.exit).toBe(1);
  first.child.kill('SIGKILL');
  await first.exit;
  expect(existsSync(lock)).toBe(true);

  const next = start(image.entrypoint, env);
  await once(next.child.stdout, 'data');
  expect(await start(image.healthcheck, env).exit).toBe(0);
  next.child.kill('SIGTERM');
  expect(await next.exit).toBe(0);
});

test('arguments after the image name are options of the command', async () => {
  const { child, exit } = start([...image.entrypoint, '--version'], {});
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  expect(await exit).toBe(0);
  expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
});
