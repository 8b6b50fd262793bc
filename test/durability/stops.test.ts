import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator, type Fixture, startEmulator } from '../../src/index.ts';
import { keptText } from '../support/kept.ts';
import { until } from '../support/until.ts';
import { send as sendOver } from './crash-writer.ts';
import { Disk } from './disk.ts';
import { bundle, type Place, startCommand, useFolder } from './processes.ts';

const folder = useFolder('stops');
const commands: ChildProcess[] = [];
let cli = '';
beforeAll(() => {
  cli = bundle(folder).cli;
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => {
  for (const command of commands) if (command.exitCode === null) command.kill('SIGKILL');
});

async function start(command = cli) {
  const dataFile = join(mkdtempSync(join(folder, 'place-')), 'data.json');
  const started = await startCommand(command, ['--data', dataFile]);
  commands.push(started.command);
  const names = () => readdirSync(join(dataFile, '..')).sort();
  return { ...started, dataFile, names };
}

/**
 * Eight writers that write until the server does not answer any more, and record the acknowledged and refused external
 * ids.
 */
async function write(place: Place, acknowledged: string[], refused: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const writer = async (name: string) => {
    for (let n = 0; ; n++) {
      const externalId = `${name}-${n}`;
      const answer = await sendOver(place, { method: 'POST', path: '/accounts', body: { externalId } }, agent);
      if (answer === undefined) return;
      // A call that arrives while the emulator closes is refused and not saved.
      if (answer.status === 503) {
        expect(answer.body).toMatchObject({ message: 'The emulator has been closed: create another one.' });
        refused.push(externalId);
        return;
      }
      expect(answer.status).toBe(200);
      acknowledged.push(externalId);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, n) => writer(`writer-${n}`)));
  agent.destroy();
}

/** The accounts in the file itself: after an orderly stop the file has all changes. */
function accountsIn(dataFile: string): (string | undefined)[] {
  const { organizations }: Fixture = JSON.parse(readFileSync(dataFile, 'utf8'));
  return (organizations[0]?.accounts ?? []).map(({ externalId }) => externalId);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s under concurrent writers saves all acknowledged changes and removes the lock',
  async (signal) => {
    const { command, exit, dataFile, names, ...place } = await start();
    const acknowledged: string[] = [];
    const refused: string[] = [];
    const writing = write(place, acknowledged, refused);
    await until(() => acknowledged.length > 0);
    await sleep(300);
    command.kill(signal);
    // The writers do not stop by themselves.
    expect(await exit).toEqual({ code: 0, signal: null, errors: '' });
    await writing;
    const kept = accountsIn(dataFile);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(kept.filter((externalId) => externalId !== undefined && refused.includes(externalId))).toEqual([]);
    expect(names()).toEqual(['data.json']);
    createEmulator({ fixture: dataFile });
  },
);

test('a second signal ends the command at once, and the next start takes the lock over', async () => {
  // The command sends itself the second signal when it gets the first: of two that this process sends either can arrive first,
  // and the close waits for only half a second.
  const twice = join(folder, 'twice.cjs');
  writeFileSync(
    twice,
    `process.once('SIGINT', () => process.kill(process.pid, 'SIGTERM')); require(${JSON.stringify(cli)});`,
  );
  const { command, exit, dataFile, url, authorization } = await start(twice);
  await sendOver(
    { url, authorization },
    { method: 'POST', path: '/accounts', body: { externalId: 'kept' } },
    new Agent(),
  );
  const { hostname, port, pathname } = new URL(url);
  // An upload that never ends keeps the first signal waiting.
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST ${pathname}/accounts HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  const requests = `${new URL(url).origin}/__emulator/requests`;
  await until(async () => /"POST".*"POST"/.test(await (await fetch(requests)).text()));
  command.kill('SIGINT');
  expect(await exit).toEqual({ code: 143, signal: null, errors: '' });
  socket.destroy();
  expect(keptText(dataFile)).toContain('"kept"');
  await createEmulator({ dataFile }).close();
});

test('a port in use ends the command and removes its lock', async () => {
  const other = await startEmulator();
  const dataFile = join(mkdtempSync(join(folder, 'place-')), 'data.json');
  const { exit } = await startCommand(cli, ['--data', dataFile, '--port', new URL(other.url).port]);
  expect(await exit).toMatchObject({ code: 1, errors: expect.stringContaining('in use already') });
  await other.close();
  expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json']);
});

test('output that is redirected to the log of the data file ends the command at once', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'place-')), 'data.json');
  const output = openSync(`${dataFile}.log`, 'w');
  const command = spawn(process.execPath, [cli, '--port', '0', '--data', dataFile], {
    stdio: ['ignore', output, 'pipe'],
    env: { PATH: process.env.PATH },
  });
  let errors = '';
  command.stderr?.on('data', (data) => (errors += data));
  const [code] = await once(command, 'exit');
  expect([code, errors]).toEqual([1, expect.stringContaining(`${dataFile}.log was not written by an emulator`)]);
  closeSync(output);
  expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json.log']);
});

test('close() with nothing to save ignores a failing disk', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'kept-')), 'data.json');
  const emulator = await startEmulator({ dataFile });
  const disk = new Disk(dataFile);
  disk.fail({ step: 'open draft', code: 'ENOSPC' });
  await expect(emulator.close()).resolves.toBeUndefined();
  disk.restore();
  expect(readdirSync(join(dataFile, '..'))).toEqual(['data.json']);
});
