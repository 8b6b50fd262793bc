import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../src/text/version.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';
import { type FakeProcess, run, runIn } from './terminal.ts';

/** The last line that is not blank: the curl to paste. */
function curl(terminal: FakeProcess): { url: string; authorization: string } {
  const match = / {2}curl -H 'Authorization: (.+)' (http.+)\n/.exec(terminal.out);
  return { authorization: match?.[1] ?? '', url: match?.[2] ?? '' };
}

test('the command prints the base URL, the credentials and a curl command that works', async () => {
  const terminal = await run('--port', '0');
  expect(terminal.out).toMatch(/^cloud-elements-emulator \d+\.\d+\.\d+, fixture documentation\n/);
  expect(terminal.out).toMatch(/Base URL {13}http:\/\/127\.0\.0\.1:\d+\/elements\/api-v2\n/);
  expect(terminal.out).toMatch(/Sandbox page {9}http:\/\/127\.0\.0\.1:\d+\/__emulator\/\n/);
  expect(terminal.out).toContain('User secret          sAfK7LJGNz5ZHcNrvdJvLI=f03WbTbH6aRKc0HJ3oOIi\n');
  expect(terminal.out).toContain('Organization secret  58168435e3b9959a929eb04b6218b9a2\n');

  const { url, authorization } = curl(terminal);
  const answer = await fetch(url, { headers: { Authorization: authorization } });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toContainEqual(expect.objectContaining({ id: 156162 }));
});

test('the log has a line for each request, with the reason of a 401 and without secrets', async () => {
  const terminal = await run('--port', '0');
  const { url, authorization } = curl(terminal);
  terminal.out = '';
  await fetch(url, { headers: { Authorization: authorization } });
  await fetch(url, { headers: { Authorization: 'User wrong-secret, Organization wrong-secret' } });
  expect(terminal.out).toMatch(
    /^GET \/accounts 200 user 160255 [\d.]+ ms\nGET \/accounts 401 [\d.]+ ms \(unknown organization secret\)\n$/,
  );
});

test('the log has changes of the emulator and failed control requests, but no reads', async () => {
  const terminal = await run('--port', '0');
  const { origin } = new URL(curl(terminal).url);
  terminal.out = '';
  await fetch(`${origin}/__emulator/organizations`);
  await fetch(`${origin}/__emulator/snapshots/none`);
  await fetch(`${origin}/__emulator/reset`, { method: 'POST' });
  expect(terminal.out).toMatch(
    /^GET \/__emulator\/snapshots\/none 404 [\d.]+ ms\nPOST \/__emulator\/reset 200 [\d.]+ ms\n$/,
  );
});

test('the log has the answer that a fault dropped', async () => {
  const terminal = await run('--port', '0');
  const { url, authorization } = curl(terminal);
  terminal.out = '';
  const fault = JSON.stringify({ when: 'after', drop: true });
  const headers = { 'Content-Type': 'application/json' };
  await fetch(`${new URL(url).origin}/__emulator/faults`, { method: 'POST', headers, body: fault });
  await expect(fetch(url, { headers: { Authorization: authorization } })).rejects.toThrow('fetch failed');
  await until(() => terminal.out.includes('GET /accounts'));
  expect(terminal.out).toMatch(/\nGET \/accounts no answer user 160255 [\d.]+ ms \(fault 1 after 200\)\n$/);
});

test('--log error logs no requests', async () => {
  const terminal = await run('--port', '0', '--log', 'error');
  const { url } = curl(terminal);
  terminal.out = '';
  expect((await fetch(url)).status).toBe(401);
  expect(terminal.out).toBe('');
});

test('--log silent prints only failures, and no secrets', async () => {
  const port = String(await freePort());
  const terminal = await run('--port', port, '--log', 'silent');
  expect((await fetch(`http://127.0.0.1:${port}/elements/api-v2/accounts`)).status).toBe(401);
  expect(terminal).toMatchObject({ out: '', err: '', exitCode: undefined });
  const second = await run('--port', port, '--log', 'silent');
  expect(second).toMatchObject({ out: '', err: expect.stringContaining('is in use already'), exitCode: 1 });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s ends the command', async (signal) => {
  const terminal = await run('--port', '0', '--log', 'error');
  const { url } = curl(terminal);
  terminal.emit(signal);
  await until(() =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
  expect(terminal.exitCode).toBeUndefined();
});

test('a failed start prints one line and exits with 1', async () => {
  const unknown = await run('--fixture', 'minimla');
  expect(unknown.exitCode).toBe(1);
  expect(unknown.err).toMatch(/^cloud-elements-emulator: fixture 'minimla': .*did you mean 'minimal'\?\n$/);

  const first = await run('--port', '0');
  const second = await run('--port', new URL(curl(first).url).port);
  expect(second.exitCode).toBe(1);
  expect(second.err).toMatch(/^cloud-elements-emulator: Port \d+ on 127\.0\.0\.1 is in use already.*\n$/);

  expect((await run('--nonsense')).err).toBe("cloud-elements-emulator: Unknown option '--nonsense': see --help.\n");
});

test('a data file that can no longer be written causes no error at the end when there is nothing to write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  const port = String(await freePort());
  const terminal = await run('--port', port, '--data', join(folder, 'data.json'), '--log', 'silent');
  rmSync(folder, { recursive: true });
  const told = await fetch(`http://127.0.0.1:${port}/__emulator/credentials`);
  const { authorization } = JSON.parse(await told.text());
  const url = `http://127.0.0.1:${port}/elements/api-v2/accounts`;
  const body = JSON.stringify({ externalId: 'lost' });
  const headers = { Authorization: authorization, 'Content-Type': 'application/json' };
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(500);
  terminal.emit('SIGTERM');
  await until(() =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
  expect(terminal.exitCode).toBeUndefined();
  expect(terminal.err).toBe('');
});

test('a fixture without an administrator starts, and the output says how to go back to it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  const fixture = join(folder, 'nobody.json');
  const accounts = [{ defaultAccount: true, users: [] }];
  writeFileSync(fixture, JSON.stringify({ organizations: [{ name: 'A', accounts }] }));
  const terminal = await run('--port', '0', '--fixture', fixture);
  rmSync(folder, { recursive: true });
  expect(terminal.out).toMatch(/There is no administrator: curl -X POST http:.*\/__emulator\/reset goes back/);
  expect(terminal.exitCode).toBeUndefined();
});

test('the message for an invalid instant names the option or variable that has it', async () => {
  expect((await run('--now', 'soon')).err).toMatch(/^cloud-elements-emulator: --now .*'?soon/);
  expect((await runIn({ CE_EMULATOR_NOW: 'soon' })).err).toMatch(/^cloud-elements-emulator: CE_EMULATOR_NOW .*'?soon/);
});

test('an unknown variable prints a warning and does not prevent the start', async () => {
  const terminal = await runIn({ CE_EMULATOR_PROT: '1' }, '--port', '0');
  const hint = 'did you mean CE_EMULATOR_PORT?';
  expect(terminal.err).toBe(`cloud-elements-emulator: Unknown environment variable CE_EMULATOR_PROT: ${hint}\n`);
  expect(terminal.out).toContain('Base URL');
  expect((await runIn({ CE_EMULATOR_PROT: '1' }, '--version')).err).toBe('');
});

test('an output that cannot be written is reported once, and the emulator keeps running', async () => {
  const terminal = await run('--port', '0');
  const failure = (code: string) => Object.assign(new Error('raw text'), { code });
  terminal.stderr.emit('error', failure('ENOSPC'));
  terminal.stdout.emit('error', failure('ENOSPC'));
  terminal.stdout.emit('error', failure('ERR_STREAM_DESTROYED'));
  expect(terminal.err).toBe('cloud-elements-emulator: The output cannot be written: the disk is full.\n');
  expect(terminal.exitCode).toBe(1);
  expect((await fetch(curl(terminal).url)).status).toBe(401);

  const piped = await run('--port', '0');
  piped.stdout.emit('error', failure('EPIPE'));
  piped.stdout.emit('error', failure('ERR_STREAM_DESTROYED'));
  expect(piped).toMatchObject({ err: '', exitCode: undefined });
});

test('--help and --version start no emulator', async () => {
  expect((await run('--help')).out).toMatch(/^Usage: cloud-elements-emulator \[options]\n/);
  expect((await run('--version')).out).toBe(`${version}\n`);
});

test.each([
  [[], 'http://127.0.0.1:4600/elements/api-v2'],
  [['--port', '5000', '--host', '::1'], 'http://[::1]:5000/elements/api-v2'],
  [['--host', '0.0.0.0'], 'http://127.0.0.1:4600/elements/api-v2'],
])('openapi prints the document and starts no emulator: %p', async (options, url) => {
  const { out, exitCode } = await run('openapi', ...options);
  const document = JSON.parse(out);
  expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url }] });
  expect(Object.keys(document.paths)).toContain('/accounts');
  expect(exitCode).toBeUndefined();
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('a second signal ends the command at once: %s', async (signal, code) => {
  const terminal = await run('--port', '0');
  const { hostname, port } = new URL(curl(terminal).url);
  // An upload that never ends keeps the first one waiting.
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.write('POST /elements/api-v2/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n');
  terminal.emit(signal);
  expect(terminal.exited).toBeUndefined();
  terminal.emit(signal);
  expect(terminal.exited).toBe(code);
  socket.destroy();
});

test('the log has the redacted query, paths outside the base path, and clients that left', async () => {
  const terminal = await run('--port', '0');
  const { url } = curl(terminal);
  const { origin, hostname, port } = new URL(url);
  terminal.out = '';
  await fetch(`${url}?where=${encodeURIComponent("name='A & B'\nPOST /forged")}&pageSize=1&pageSize=2&a%5B%5D=%2B`);
  await fetch(`${url}?where=${encodeURIComponent("password='hunter22'")}&secret=hunter22`);
  await fetch(`${origin}/accounts?x=1`);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    'POST /elements/api-v2/authentication HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n',
  );
  const journal = `${origin}/__emulator/requests?path=/authentication`;
  await until(async () => (await (await fetch(journal)).text()).includes('authenticate'));
  socket.destroy();
  await until(() => terminal.out.includes('the client left'));
  const lines = terminal.out.split('\n');
  expect(lines.map((line) => line.replace(/ [\d.]+ ms/, ''))).toEqual([
    "GET /accounts?where=name='A%20%26%20B'%0APOST%20/forged&pageSize=1&pageSize=2&a[]=%2B 401 (no Authorization header)",
    'GET /accounts?where=password=[redacted]&secret=[redacted] 401 (no Authorization header)',
    'GET /accounts?x=1 404 (outside /elements/api-v2)',
    'POST /authentication no answer (the client left)',
    '',
  ]);
});
