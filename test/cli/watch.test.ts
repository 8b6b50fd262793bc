import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { shortenWaits } from '../support/short-waits.ts';
import { until } from '../support/until.ts';
import { type FakeProcess, run, runIn } from './terminal.ts';

beforeAll(shortenWaits);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  file = join(folder, 'fixture.json');
  writeFileSync(file, fixtureOf('First'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fixtureOf(name: string, further: object = {}): string {
  return JSON.stringify({ organizations: [{ name, accounts: [{ externalId: 'customer', id: 7 }], ...further }] });
}

const begun = (terminal: FakeProcess) => terminal.out.split('has changed: restarted from it').length - 1;

/** The fields of answers that the tests read. */
interface Body {
  readonly id?: number;
  readonly name?: string;
  readonly requestId?: string;
  readonly now?: string;
  readonly total?: number;
  readonly createdDate?: string;
}

function connectTo(terminal: FakeProcess) {
  const [, url = ''] = /Base URL +(\S+)\/elements\/api-v2/.exec(terminal.out) ?? [];
  const authorization = [...terminal.out.matchAll(/-H 'Authorization: (.+?)'/g)].at(-1)?.[1] ?? '';
  const call = async (method: string, path: string, body?: object) => {
    const headers = { Authorization: authorization, 'Content-Type': 'application/json' };
    const answer = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  const organization = async () => (await call('GET', '/elements/api-v2/organizations/me')).body.name;
  return { url, call, organization };
}

const changes: [how: string, write: (text: string) => void][] = [
  ['in the same file', (text) => writeFileSync(file, text)],
  [
    'by a file that replaces it, as editors write',
    (text) => {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
  ],
  [
    'by a new file in place of a renamed one',
    (text) => {
      renameSync(file, `${file}~`);
      writeFileSync(file, text);
    },
  ],
];

test.each(changes)('a fixture that is changed %s restarts the emulator each time', async (_how, write) => {
  const terminal = await run('--port', '0', '--fixture', file, '--seed', 's', '--watch');
  const { organization } = connectTo(terminal);
  for (const [index, name] of ['Second', 'Third', 'First'].entries()) {
    write(fixtureOf(name));
    await until(() => begun(terminal) === index + 1);
    expect(await organization()).toBe(name);
  }
  expect(terminal.out).toContain(`${file} has changed: restarted from it\n`);
  expect(terminal.err).toBe('');
});

test('a restart resets state, ids, clock, faults and journal, and later resets go back to the new fixture', async () => {
  const terminal = await run('--port', '0', '--fixture', file, '--seed', 's', '--watch');
  const { call, organization } = connectTo(terminal);
  const create = async () => (await call('POST', '/elements/api-v2/accounts', { externalId: 'new' })).body.id;
  const requestId = async () => (await call('GET', '/elements/api-v2/nowhere')).body.requestId?.slice(8);
  const id = await create();
  const first = await requestId();
  await call('POST', '/__emulator/faults', { status: 503 });
  await call('PUT', '/__emulator/clock', { now: '2017-07-10T00:00:00Z' });

  writeFileSync(file, fixtureOf('Second'));
  await until(() => begun(terminal) === 1);
  expect((await call('GET', '/__emulator/faults')).body).toEqual([]);
  expect((await call('GET', '/__emulator/requests')).body).toEqual([]);
  expect((await call('GET', '/__emulator/clock')).body.now).not.toMatch(/^2017/);
  expect([await create(), await requestId()]).toEqual([id, first]);

  await call('POST', '/__emulator/reset');
  expect(await organization()).toBe('Second');
  expect(await create()).toBe(id);
});

test('a date that the fixture leaves out is the time of the start, not of the clock that a test has set', async () => {
  const terminal = await run('--port', '0', '--fixture', file, '--seed', 's', '--watch');
  const { call } = connectTo(terminal);
  await call('PUT', '/__emulator/clock', { now: '2017-07-10T00:00:00Z' });
  writeFileSync(file, fixtureOf('Second'));
  await until(() => begun(terminal) === 1);
  expect((await call('GET', '/elements/api-v2/accounts/7')).body.createdDate).not.toMatch(/^2017/);
});

test('a restart sets the stubs of the new fixture, and an invalid stub changes nothing', async () => {
  const withStub = (stub: object) => JSON.stringify({ ...JSON.parse(fixtureOf('First')), stubs: [stub] });
  writeFileSync(file, withStub({ path: '/hubs', access: 'anyone', body: { name: 'first' } }));
  const terminal = await run('--port', '0', '--fixture', file, '--seed', 's', '--watch');
  const { call } = connectTo(terminal);
  const hubs = async () => (await call('GET', '/elements/api-v2/hubs')).body.name;
  expect(await hubs()).toBe('first');
  await call('POST', '/__emulator/stubs', { path: '/hubs', access: 'anyone', body: { name: 'of the test' } });

  writeFileSync(file, withStub({ path: '/hubs', access: 'anyone', body: { name: 'second' } }));
  await until(() => begun(terminal) === 1);
  expect(await hubs()).toBe('second');

  writeFileSync(file, withStub({ path: '/hubs', status: 204, body: {} }));
  await until(() => terminal.err.includes('/stubs/0'));
  expect(await hubs()).toBe('second');
  await call('POST', '/__emulator/reset');
  expect(await hubs()).toBe('second');
});

test('a restart prints secrets that have changed', async () => {
  const terminal = await run('--port', '0', '--fixture', file, '--seed', 's', '--watch');
  writeFileSync(file, fixtureOf('Second', { secret: 'a'.repeat(32) }));
  await until(() => begun(terminal) === 1);
  expect(terminal.out).toContain(`Organization secret  ${'a'.repeat(32)}\n`);
  expect(await connectTo(terminal).organization()).toBe('Second');
});

test.each<[string, (() => void) | string, string]>([
  ['has a wrong field', fixtureOf('Second', { nmae: 'x' }), '/organizations/0/nmae: unknown key'],
  ['is cut off', '{"organizations": [', ': the file is cut off at line 1'],
  ['is gone', () => rmSync(file), ': there is no such file'],
])('a fixture that %s is reported with its position and changes nothing', async (_what, broken, message) => {
  const terminal = await run('--port', '0', '--fixture', file, '--watch');
  const { call, organization } = connectTo(terminal);
  await call('POST', '/elements/api-v2/accounts', { externalId: 'kept' });
  await call('POST', '/__emulator/faults', { path: '/accounts', status: 503 });
  if (typeof broken === 'string') writeFileSync(file, broken);
  else broken();
  await until(() => terminal.err !== '');
  expect(terminal.err).toContain(message);
  expect(terminal.err).toMatch(/^cloud-elements-emulator: .*fixture\.json.*; the emulator continues unchanged\n$/);
  expect(await organization()).toBe('First');
  expect((await call('GET', '/__emulator/accounts')).body.total).toBe(3);
  expect((await call('GET', '/__emulator/faults')).body).toHaveLength(1);

  writeFileSync(file, fixtureOf('Mended'));
  await until(() => begun(terminal) === 1);
  expect(await organization()).toBe('Mended');
});

test('a new modification time or the same content causes no restart', async () => {
  const terminal = await run('--port', '0', '--fixture', file, '--watch');
  const { call } = connectTo(terminal);
  await call('POST', '/elements/api-v2/accounts', { externalId: 'kept' });
  utimesSync(file, new Date(), new Date());
  await setTimeout(700);
  writeFileSync(file, fixtureOf('First'));
  await setTimeout(700);
  expect(begun(terminal)).toBe(0);
  expect((await call('GET', '/__emulator/accounts')).body.total).toBe(3);
});

test('open pages get an event of the restart', async () => {
  const terminal = await run('--port', '0', '--fixture', file, '--watch');
  const { url } = connectTo(terminal);
  const abort = new AbortController();
  const { body } = await fetch(`${url}/__emulator/events`, { signal: abort.signal });
  writeFileSync(file, fixtureOf('Second'));
  let told = '';
  for await (const piece of body ?? []) {
    told += Buffer.from(piece).toString();
    if (told.includes('event: reset')) break;
  }
  abort.abort();
  expect(told).toContain('event: state');
});

test('CE_EMULATOR_WATCH is the same as --watch', async () => {
  const terminal = await runIn({ CE_EMULATOR_WATCH: '1' }, '--port', '0', '--fixture', file);
  writeFileSync(file, fixtureOf('Second'));
  await until(() => begun(terminal) === 1);
});

test.each<[readonly string[], NodeJS.ProcessEnv, string]>([
  [
    ['--fixture', 'x.json', '--data', 'd.json'],
    {},
    '--watch does not go with --data: each change of the fixture would replace',
  ],
  [['--fixture', 'x.json'], { CE_EMULATOR_DATA: 'd.json' }, '--watch does not go with CE_EMULATOR_DATA: each change'],
  [[], {}, "--watch needs a fixture file: 'documentation' is built in and never changes. Give --fixture FILE."],
  [['--fixture', 'minimal'], {}, "--watch needs a fixture file: 'minimal' is built in and never changes."],
  [['--fixture', '-'], {}, '--watch needs a fixture file: standard input can be read only once.'],
])('--watch with %j is refused with the reason', async (args, env, message) => {
  const terminal = await runIn(env, '--port', '0', '--watch', ...args);
  expect(terminal.err).toContain(`cloud-elements-emulator: ${message}`);
  expect(terminal.exitCode).toBe(1);
});

test('a missing file ends the start, as without --watch', async () => {
  const terminal = await run('--port', '0', '--watch', '--fixture', join(folder, 'none.json'));
  expect(terminal.err).toContain('there is no such file');
  expect(terminal.exitCode).toBe(1);
});
