import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from '../../src/cli/cli.ts';
import { compare } from '../../src/conformance/index.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { FakeProcess } from '../cli/terminal.ts';
import { shortenWaits } from '../support/short-waits.ts';
import { until } from '../support/until.ts';
import type { Fault } from './broken/exchange.ts';
import { type BrokenProxy, startProxy } from './broken/proxy.ts';
import { administrator, secretsOf, world } from './world.ts';

/** Interruptions while a request is under way, refused calls, and lists that make it hard to find what a run has made. */

beforeAll(shortenWaits);

let emulator: Emulator;
let proxy: BrokenProxy;
beforeEach(async () => {
  emulator = await startEmulator({ fixture: world });
  proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
});
afterEach(async () => {
  await proxy.close();
  await emulator.close();
});

const ownAccounts = () =>
  emulator
    .snapshot()
    .organizations.flatMap(({ accounts }) => accounts)
    .filter(({ name = '' }) => name.startsWith('cloud-elements-emulator compare '));

/** Interrupts a run when such a call arrives, which the proxy then lets wait for so many milliseconds, or for its end. */
async function interruptAt(call: RegExp, ms?: number) {
  const controller = new AbortController();
  let [isOver, end]: [Promise<void> | undefined, () => void] = [undefined, () => undefined];
  proxy.hold = (arrived) => {
    if (isOver !== undefined || !call.test(arrived)) return undefined;
    isOver = ms === undefined ? new Promise((resolve) => (end = resolve)) : wait(ms);
    controller.abort();
    return isOver;
  };
  const options = { baseUrl: proxy.baseUrl, ...secretsOf(emulator), signal: controller.signal };
  const report = await compare({ ...options, write: true, only: ['account-patch', 'user-locked', 'user-self'] });
  end();
  await isOver;
  return report;
}

test.each([
  ['creates the account', /^POST \/accounts$/, 1500],
  ['creates a user', /^POST \/accounts\/\d+\/users$/, 500],
  ['deletes a user', /^DELETE /, 500],
  ['reads', /^GET \/accounts\/\d+$/, 500],
])('a run that is interrupted while a request %s leaves one inactive account', async (_, call, ms) => {
  const before = emulator.snapshot().organizations;
  const report = await interruptAt(call, ms);
  expect(report.stopped).toBe('interrupted');
  const [own, ...others] = ownAccounts();
  expect(own).toMatchObject({ active: false, users: [] });
  expect(others).toEqual([]);
  expect(report.left).toEqual([`account ${own?.id} '${own?.name}', inactive: accounts can only be deactivated`]);
  const rest = emulator.snapshot().organizations.map((organization) => ({
    ...organization,
    accounts: organization.accounts.filter(({ id }) => id !== own?.id),
  }));
  expect(rest).toEqual(before);
});

test('a run says that there may be an account when the server makes none for a long time', async () => {
  const report = await interruptAt(/^POST \/accounts$/);
  expect(report.left).toEqual([
    expect.stringMatching(
      /^the account 'cloud-elements-emulator compare \w+', perhaps active \(POST \/accounts was given up\)$/,
    ),
  ]);
}, 20_000);

describe('Ctrl+C ends a request that gets no answer', () => {
  test.each([
    ['compare', ['compare'], /interrupted: cleaning up/],
    ['fixture pull', ['fixture', 'pull'], /interrupted: nothing is written/],
  ])(
    'of %s',
    async (_, command, words) => {
      let asked = 0;
      const server = createServer(() => {
        asked += 1;
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const terminal = new FakeProcess(...command, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      terminal.env = { CE_USER_SECRET: 'the-user-secret', CE_ORGANIZATION_SECRET: 'the-organization-secret' };
      const done = runCommand(terminal);
      await until(() => asked > 0);
      terminal.emit('SIGINT');
      await done;
      expect(terminal.err).toMatch(words);
      expect(terminal.err).toMatch(/cloud-elements-emulator: interrupted\.\n$/);
      expect(terminal.exitCode).toBe(2);
      server.closeAllConnections();
      server.close();
      // Less than the 30 s after which the request would end by itself.
    },
    20_000,
  );
});

describe('a refused POST /accounts', () => {
  test.each([401, 403, 405])('with %d leaves nothing to search for', async (status) => {
    emulator.faults.add({ method: 'POST', path: '/accounts', status });
    const options = { baseUrl: proxy.baseUrl, ...secretsOf(emulator), write: true };
    const report = await compare({ ...options, only: ['user-locked', 'account-patch'] });
    expect(report.left).toEqual([]);
    const reasons = report.results.map(({ reason }) => reason);
    const why = 'this user may not make the call, or the server no longer accepts the credentials';
    if (status === 401) {
      expect(report.stopped).toBe(`POST /accounts was answered 401: ${why}`);
      expect(reasons).toContain(`the run ended: POST /accounts was answered 401: ${why}`);
    } else {
      expect(reasons).toContain(`could not prepare it: POST /accounts was answered ${status}`);
    }
  });
});

describe('a run leaves one inactive account on a server that', () => {
  const only = ['role-check-order', 'organization-user-created', 'user-locked'];
  const rows: [what: string, fault: Fault][] = [
    [
      'has one user on a page',
      ({ path, body, query }) =>
        path.endsWith('/users') && query.has('pageSize') && Array.isArray(body)
          ? { body: body.slice(0, 1) }
          : undefined,
    ],
    [
      'does not say how many users a list has',
      ({ path }) => (path.endsWith('/users') ? { headers: { 'elements-total-count': null } } : undefined),
    ],
    [
      'does not know where',
      ({ path, query, body }) => {
        if (!query.has('where') || !Array.isArray(body)) return undefined;
        if (path === '/accounts') return { body: [{ id: 21, externalId: 'customer' }, ...body] };
        return path === '/organizations/users'
          ? { body: [{ id: 21, email: 'second@compared.example' }, ...body] }
          : undefined;
      },
    ],
  ];
  test.each(rows)('%s', async (_, fault) => {
    const accounts = () => emulator.snapshot().organizations.flatMap((organization) => organization.accounts);
    const before = accounts();
    proxy.fault = fault;
    const report = await compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), write: true, only });
    expect(report).toMatchObject({ notRun: 0, left: [expect.stringContaining('inactive: accounts can only be')] });
    const own = ownAccounts();
    expect(own).toMatchObject([{ active: false, users: [] }]);
    expect(accounts().filter(({ id }) => id !== own[0]?.id)).toEqual(before);
  });
});
