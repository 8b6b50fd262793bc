import { runCommand } from '../../src/cli/cli.ts';
import { type CompareReport, compare } from '../../src/conformance/index.ts';
import { checks } from '../../src/conformance/run-checks.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { FakeProcess } from '../cli/terminal.ts';
import { inEndurance, isEndurance } from '../support/runs.ts';
import { shortenWaits } from '../support/short-waits.ts';
import { until } from '../support/until.ts';
import { type Exchange, type Fault, isCall } from './broken/exchange.ts';
import { type BrokenProxy, startProxy } from './broken/proxy.ts';
import { administrator, secretsOf, world } from './world.ts';

/** What a run leaves on a server. */

beforeAll(shortenWaits);

let emulator: Emulator;
let proxy: BrokenProxy;
beforeEach(async () => {
  emulator = await startEmulator({ fixture: world, seed: 'conformance', journalLimit: 10_000 });
  proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
});
afterEach(async () => {
  await proxy.close();
  await emulator.close();
});

/** Checks that create, lock, deactivate and delete; half of them in npm test. */
const writing = [
  ...['success-is-200', 'account-patch', 'account-delete-deactivates-users', 'account-permanent', 'external-id-unique'],
  ...['user-self', 'user-locked', 'account-roles', 'role-own-and-account', 'include-inactive', 'where-users'],
].filter((_, at) => isEndurance || at % 2 === 0);

const run = (options: Partial<Parameters<typeof compare>[0]> = {}) =>
  compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), write: true, only: writing, ...options });

const isOwn = ({ name = '' }: { name?: string }) => name.startsWith('cloud-elements-emulator compare ');

/** The world without the accounts of runs, and those accounts. */
function look() {
  const organizations = structuredClone(emulator.snapshot().organizations);
  const own = organizations.flatMap(({ accounts }) => accounts.filter(isOwn));
  const others = organizations.map((organization) => ({
    ...organization,
    accounts: organization.accounts.filter((account) => !isOwn(account)),
  }));
  return { own, others };
}

/** Runs checks, and makes sure that nothing is left but one inactive account, as the report says. */
async function expectCleaned(act: () => Promise<CompareReport>): Promise<CompareReport> {
  const before = look().others;
  const report = await act();
  const { own, others } = look();
  expect(others).toEqual(before);
  expect(own.map(({ active, users, roles = [] }) => ({ active, users, roles }))).toEqual([
    { active: false, users: [], roles: [] },
  ]);
  expect(report.left).toEqual([`account ${own[0]?.id} '${own[0]?.name}', inactive: accounts can only be deactivated`]);
  return report;
}

test('a run without write sends nothing but GET, HEAD and OPTIONS', async () => {
  const before = emulator.snapshot();
  const tried = checks.filter((_, at) => isEndurance || at % 5 === 0);
  const report = await run({ write: false, only: tried.map(({ id }) => id) });
  const reading = tried.filter(({ changes }) => changes === 'nothing');
  expect(report).toMatchObject({ agrees: reading.length, differs: 0, notRun: tried.length - reading.length, left: [] });
  expect(emulator.requests.length).toBeGreaterThan(reading.length);
  expect(emulator.requests.filter(({ method }) => !/GET|HEAD|OPTIONS/.test(method))).toEqual([]);
  expect(emulator.snapshot().organizations).toEqual(before.organizations);
});

// npm test runs some of the checks, in checks.test.ts.

inEndurance('a run with write leaves one inactive account, and changes nothing else', async () => {
  const report = await expectCleaned(() => run({ only: [] }));
  const beyond = checks.filter(({ changes }) => changes === 'organization');
  expect(report).toMatchObject({ differs: 0, notRun: beyond.length, agrees: checks.length - beyond.length });
  const reasons = report.results.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  expect(new Set(reasons)).toEqual(new Set(['it changes more than the account of the run: name it with --only']));
  // It writes to no account and no user but its own.
  const writes = emulator.requests.filter(({ method, status }) => status === 200 && !/GET|HEAD|OPTIONS/.test(method));
  const ids = new Set(look().own.map(({ id }) => id));
  for (const { path } of writes) {
    const [, account] = /^\/accounts\/(\d+)/.exec(path) ?? [];
    if (account !== undefined) expect(ids).toContain(Number(account));
    else expect(path).toMatch(/^\/(accounts$|authentication|users\/|organizations\/users\/)/);
  }
});

test('the checks that change the organization put it back as it was', async () => {
  const all = checks.filter(({ changes }) => changes === 'organization').map(({ id }) => id);
  const beyond = all.filter((_, at) => isEndurance || at % 5 === 0);
  const { organizations } = emulator.snapshot();
  const ask = async (path: string) => {
    const headers = { Authorization: emulator.authorizationFor(administrator) };
    return JSON.parse(await (await fetch(emulator.baseUrl + path, { headers })).text());
  };
  const before = [await ask('/organizations/me'), await ask('/organizations/roles')];
  const report = await run({ only: beyond });
  expect(report).toMatchObject({ agrees: beyond.length, differs: 0, notRun: 0 });
  const after = [await ask('/organizations/me'), await ask('/organizations/roles')];
  // The privileges of each role in their order, too.
  expect(after).toEqual(before);
  const accounts = (all: typeof organizations) => all.map((each) => each.accounts.filter((one) => !isOwn(one)));
  expect(accounts(emulator.snapshot().organizations)).toEqual(accounts(organizations));
});

/** A server that fails at some calls, counted from 1. */
function failing(isMeant: (exchange: Exchange) => boolean, calls: readonly number[], how: ReturnType<Fault>): Fault {
  let count = 0;
  return (exchange) => {
    if (!isMeant(exchange)) return undefined;
    count += 1;
    return calls.includes(count) ? how : undefined;
  };
}

const writes = ({ method }: Exchange) => !/GET|HEAD|OPTIONS/.test(method);
const creates = (exchange: Exchange) => isCall(exchange, 'POST /accounts');
const removes = (exchange: Exchange) => isCall(exchange, 'DELETE /organizations/users/{id}');
const every = (n: number) => Array.from({ length: 300 }, (_, k) => (k + 1) * n);

describe('a run leaves one inactive account, and nothing else, where', () => {
  const rows: [what: string, fault: Fault][] = [
    ['the answer to the creation of the account is lost', failing(creates, [1], { drop: true })],
    ['the creation of the account is answered 500', failing(creates, [1], { status: 500, body: {} })],
    ['the answers to some calls that write are lost', failing(writes, every(7), { drop: true })],
    ['some calls that write are answered 500', failing(writes, every(5), { status: 500, body: {} })],
    ['the first deletions of users are lost', failing(removes, [1, 2, 3], { drop: true })],
    ['some calls of any kind are lost', failing(() => true, every(11), { drop: true })],
  ];
  test.each(rows.filter((_, at) => isEndurance || at % 6 === 2))('%s', async (_, fault) => {
    proxy.fault = fault;
    const report = await expectCleaned(() => run());
    // What differs is what was broken, and no bug of a check.
    expect(report.results).toHaveLength(writing.length);
  });

  test('the server is lost for six calls: the run ends after three, and cleans up when the server is back', async () => {
    let count = 0;
    proxy.fault = () => {
      count += 1;
      return count > 20 && count < 27 ? { drop: true } : undefined;
    };
    const report = await expectCleaned(() => run());
    expect(report.stopped).toMatch(/closed the connection without an answer/);
  });

  test.each(isEndurance ? [3, 10, 25, 60] : [25])('the run is interrupted at call %d', async (at) => {
    const controller = new AbortController();
    let count = 0;
    proxy.fault = () => {
      count += 1;
      if (count === at) controller.abort();
      return undefined;
    };
    const report = await expectCleaned(() => run({ signal: controller.signal }));
    expect(report.stopped).toBe('interrupted');
    expect(report.notRun).toBeGreaterThan(0);
  });

  test('the user presses Ctrl+C', async () => {
    const terminal = new FakeProcess('compare', proxy.baseUrl, '--write', '--only', writing.join(','));
    const { userSecret, organizationSecret } = secretsOf(emulator);
    terminal.env = { CE_USER_SECRET: userSecret, CE_ORGANIZATION_SECRET: organizationSecret };
    const before = look().others;
    const done = runCommand(terminal);
    await until(() => emulator.requests.filter('POST /accounts/{id}/users').length > 2);
    terminal.emit('SIGINT');
    await done;
    expect(terminal.err).toContain('interrupted: cleaning up; interrupt again to end at once');
    expect(terminal.out).toMatch(/The run ended early: interrupted\.\nLeft on the server: account \d+ '.*', inactive/);
    expect(terminal.exitCode).toBe(2);
    expect(look().others).toEqual(before);
    expect(look().own).toMatchObject([{ active: false, users: [] }]);
    terminal.emit('SIGINT');
    expect(terminal.exited).toBe(130);
  });
});

test('a run that could make no account leaves nothing', async () => {
  emulator.faults.add({ method: 'POST', path: '/accounts', status: 500 });
  const report = await run();
  expect(report).toMatchObject({ agrees: 0, left: [] });
  expect(look().own).toEqual([]);
});

test('the report names an account that the run could not deactivate', async () => {
  proxy.fault = (exchange) => (isCall(exchange, 'DELETE /accounts/{id}') ? { status: 500, body: {} } : undefined);
  const report = await run({ only: ['user-locked'] });
  expect(report.left).toEqual([
    expect.stringMatching(
      /^the account 'cloud-elements-emulator compare \w+', perhaps active \(.* was answered 500\)$/,
    ),
  ]);
});

test('a run ends at the first 401 to its credentials', async () => {
  let count = 0;
  proxy.fault = ({ isAdmin }) => {
    count += isAdmin ? 1 : 0;
    return isAdmin && count > 20 ? { status: 401 } : undefined;
  };
  const report = await run({ write: false, only: [] });
  expect(report.stopped).toMatch(
    /was answered 401: this user may not make the call, or the server no longer accepts the credentials$/,
  );
  const after = proxy.takeExchanges().filter(({ isAdmin }) => isAdmin);
  expect(after).toHaveLength(21);
});

test('a run whose credentials are refused asks no more than it must, and says what it leaves', async () => {
  let count = 0;
  proxy.fault = ({ isAdmin }) => {
    count += isAdmin ? 1 : 0;
    return isAdmin && count > 20 ? { status: 401 } : undefined;
  };
  const report = await run();
  expect(count).toBeLessThan(25);
  expect(report.stopped).toMatch(/was answered 401/);
  expect(report.left).toHaveLength(2);
  // Whole sentences, however long they are.
  for (const what of report.left) expect(what).toMatch(/the server no longer accepts the credentials\)$/);
});

test('a run does not change an account that it has not made, even if the server answers its id', async () => {
  const before = look().others;
  proxy.fault = (exchange) =>
    isCall(exchange, 'POST /accounts') ? { body: { ...Object(exchange.body), id: 21 } } : undefined;
  const report = await run();
  expect(report.agrees).toBe(0);
  expect(look().others).toEqual(before);
  expect(look().own).toMatchObject([{ active: false }]);
});
