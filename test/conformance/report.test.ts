import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/cli.ts';
import type { CompareReport } from '../../src/conformance/index.ts';
import { Mask } from '../../src/conformance/mask.ts';
import { checks } from '../../src/conformance/run-checks.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { FakeProcess, runIn } from '../cli/terminal.ts';
import { isEndurance } from '../support/runs.ts';
import { shortenWaits } from '../support/short-waits.ts';
import type { Exchange, Fault } from './broken/exchange.ts';
import { type BrokenProxy, startProxy } from './broken/proxy.ts';
import { administrator, secretsOf, world } from './world.ts';

beforeAll(shortenWaits);

let emulator: Emulator;
let proxy: BrokenProxy;
let environment: NodeJS.ProcessEnv;
const folder = mkdtempSync(join(tmpdir(), 'report-'));
beforeAll(async () => {
  emulator = await startEmulator({ fixture: world, journalLimit: 10_000 });
  proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
  const { userSecret, organizationSecret } = secretsOf(emulator);
  environment = { CE_USER_SECRET: userSecret, CE_ORGANIZATION_SECRET: organizationSecret };
});
afterEach(() => {
  proxy.fault = undefined;
});
afterAll(async () => {
  await proxy.close();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const compare = (...args: string[]) => runIn(environment, 'compare', proxy.baseUrl, ...args);

describe('the report of compare', () => {
  test('has a line for each check, what differs below it, and the sums', async () => {
    proxy.fault = ({ path }) => (path.endsWith('/organizations/me/') ? { status: 404 } : undefined);
    const only = ['--only', 'slashes', '--only', 'cors', '--only', 'account-delete-twice'];
    const { out, err, exitCode } = await compare(...only);
    expect(out.split('\n')).toEqual([
      'check                 source       result',
      'slashes               vendor docs  differs',
      '    GET /organizations/me/: status',
      '      expected  200',
      '      came      404',
      'cors                  vendor docs  agrees',
      'account-delete-twice  ours         not run: it writes: needs --write',
      '',
      `${proxy.baseUrl}: 1 agrees, 1 differs, 1 not run (checks of version 0.1.0)`,
      '',
    ]);
    expect(err).toBe('');
    expect(exitCode).toBe(1);
  });

  test('is JSON in a file, or in place of the table', async () => {
    const file = join(folder, 'report.json');
    const written = await compare('--only', 'cors', '--json', file);
    expect(written.exitCode).toBe(0);
    const report: CompareReport = JSON.parse(readFileSync(file, 'utf8'));
    expect(report).toMatchObject({ baseUrl: proxy.baseUrl, agrees: 1, results: [{ id: 'cors', outcome: 'agrees' }] });
    const printed = await compare('--only', 'cors', '--json', '-');
    expect(JSON.parse(printed.out)).toEqual(report);
  });

  test('replaces a file only with --force', async () => {
    const file = join(folder, 'mine.json');
    writeFileSync(file, 'mine');
    const before = emulator.requests.length;
    const refused = await compare('--only', 'cors', '--json', file);
    expect(refused.err).toBe(`cloud-elements-emulator: ${file} exists already: choose another name, or --force.\n`);
    expect(refused).toMatchObject({ out: '', exitCode: 2 });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(emulator.requests).toHaveLength(before);
    expect((await compare('--only', 'cors', '--json', file, '--force')).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ agrees: 1 });
  });

  test.each([
    ['in a directory that is not there', 'no/report.json', /no\/report\.json cannot be written: there is no directory/],
    ['that is a directory', '.', / is a directory: name a file in it, such as .*report\.json\.\n$/],
  ])('needs a file that can be written before the run begins: a path %s', async (_, name, message) => {
    const before = emulator.requests.length;
    const { err, out, exitCode } = await compare('--only', 'cors', '--json', join(folder, name));
    expect(err).toMatch(message);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(emulator.requests).toHaveLength(before);
  });

  test('says that no check has run, with the exit code 2', async () => {
    const { out, exitCode } = await compare('--only', 'account-delete-twice');
    expect(out).toContain(
      ': 0 agree, 0 differ, 1 not run (checks of version 0.1.0)\nNo check has run: this says nothing about the server.\n',
    );
    expect(exitCode).toBe(2);
  });

  test('says why no check can put the password policy of the documents back', async () => {
    await using documents = await startEmulator({ fixture: 'documentation' });
    const { userSecret, organizationSecret } = documents.credentials;
    const secrets = { CE_USER_SECRET: userSecret, CE_ORGANIZATION_SECRET: organizationSecret };
    const only = ['password-policy-bounds', 'null-in-password-policy', 'password-policy-answer', 'password-history'];
    const args = ['--write', '--only', [...only, 'password-symbols'].join(',')];
    const { out, exitCode } = await runIn(secrets, 'compare', documents.baseUrl, ...args);
    const why = 'its minLength is 1, and a call can set 8 to 100';
    const reason = `not run: the organization's password policy could not be put back: ${why}\n`;
    expect(out.split(reason)).toHaveLength(6);
    expect(exitCode).toBe(2);
  });

  test('follows the progress on a terminal', async () => {
    const terminal = new FakeProcess('compare', proxy.baseUrl, '--only', 'cors,slashes');
    terminal.env = environment;
    Object.assign(terminal.stderr, { isTTY: true });
    await runCommand(terminal);
    expect(terminal.err).toBe('\r\x1b[K1/2 slashes\r\x1b[K2/2 cors\r\x1b[K');
  });
});

/** A server on which nothing is as expected: answers have other values, and all that they had before. */
const mangled: Fault = ({ method, body, path, search, status, isAdmin }: Exchange) => {
  if (path === '/organizations/me' && status === 200 && isAdmin) return undefined;
  // Else the run could not begin to work, or find what to remove.
  if (search.includes('includeInactive=true')) return undefined;
  if (method === 'POST' || status === 401 || /^\/accounts\/\d+(\/roles)?$/.test(path)) return undefined;
  return { status: status === 200 ? 200 : 404, body: Array.isArray(body) ? { all: body, ...body[0] } : [body] };
};

test('the report has no secret and no personal data of others, however much differs', async () => {
  proxy.fault = mangled;
  const tried = checks.filter(({ changes }, at) => changes !== 'organization' && at % 8 === 0).map(({ id }) => id);
  const only = isEndurance ? [] : ['--only', tried.join(',')];
  const { out, err } = await compare('--write', '--json', '-', ...only);
  const report: CompareReport = JSON.parse(out);
  expect(report.differs).toBeGreaterThan(isEndurance ? 30 : 5);
  const personal = [
    'boss@compared.example',
    'second@compared.example',
    'kim@customer',
    'Springville',
    'former customer',
  ];
  const { organizations } = emulator.snapshot();
  const secrets = organizations.flatMap(({ secret, accounts }) => [
    secret,
    ...accounts.flatMap(({ users }) => users.map((user) => user.secret)),
  ]);
  for (const text of [...secrets, ...personal]) expect(out + err).not.toContain(text);
  // What the run has made up helps to understand a difference, except for its secrets.
  expect(out).toContain('@example.com');
  const made = proxy.takeExchanges().map(({ body }) => Object(body).secret);
  const ofUsers = made.filter((secret) => typeof secret === 'string');
  expect(ofUsers.length).toBeGreaterThan(isEndurance ? 10 : 3);
  for (const secret of ofUsers) expect(out).not.toContain(secret);
});

test('a mask hides secrets by value, by key and in headers, and the names of other people', () => {
  const mask = new Mask(['s3cr3t='], (text) => text.startsWith('compare-1'));
  expect(mask.text('User s3cr3t=, Organization 0123456789abcdef')).toBe('User [secret], Organization [secret]');
  expect(mask.text('of kim@acme.example and compare-1-2@example.com')).toBe('of [email] and compare-1-2@example.com');
  expect(mask.text('/users/kim%40acme.example?x')).toBe('/users/[email]?x');
  expect(mask.text('x'.repeat(300))).toBe(`${'x'.repeat(200)}…`);
  expect(mask.value('GET /users: body.0.secret', 'abc')).toBe('[secret]');
  expect(mask.value('GET /users: body.0.password', 'secured')).toBe('secured');
  expect(mask.value('body.lastName', 'Okafor')).toBe('[text of 6 characters]');
  expect(mask.value('body.lastName', 'a text')).toBe('a text');
  expect(mask.value('body.lastName', 'O')).toBe('[text of 1 character]');
  expect(mask.value('body', [{ token: 'abc', id: 1, name: 'Acme', username: 'compare-1-3@example.com' }])).toEqual([
    { token: '[secret]', id: 1, name: '[text of 4 characters]', username: 'compare-1-3@example.com' },
  ]);
  expect(mask.value('body', { phone: 5551234, name: { first: 'Kim' }, 'kim@acme.example': 1 })).toEqual({
    phone: '[number]',
    name: { first: '[text of 3 characters]' },
    '[email]': 1,
  });
  expect(mask.actual('GET /accounts: body', '[{"name":"Acme"')).toBe('[text of 15 characters]');
  expect(mask.actual('GET /accounts: body.0.type', 'Default')).toBe('Default');
});

test('every check has a sentence, and an id that says what it is about', () => {
  expect(checks.length).toBeGreaterThan(150);
  for (const { id, sentence } of checks) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(sentence).toMatch(/\S{1,}.*\S$/);
    expect(sentence).not.toMatch(/\.$|\|/);
  }
});
