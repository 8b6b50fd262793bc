import { compare } from '../../src/conformance/index.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { shortenWaits } from '../support/short-waits.ts';
import { type BrokenProxy, startProxy } from './broken/proxy.ts';
import { administrator, secretsOf, world } from './world.ts';

/** Servers that accept what they should refuse: what they make of it does not stay. */

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

const run = (...only: string[]) => compare({ baseUrl: proxy.baseUrl, ...secretsOf(emulator), write: true, only });

const accounts = () => emulator.snapshot().organizations.flatMap((organization) => organization.accounts);
const isOfRun = ({ name = '' }) => name.startsWith('cloud-elements-emulator compare ');

/** Makes a record in place of the one that a request of the run asks for. */
async function make(path: string, record: object) {
  const answer = await fetch(emulator.baseUrl + path, {
    method: 'POST',
    headers: { Authorization: emulator.authorizationFor(administrator), 'Content-Type': 'application/json' },
    body: JSON.stringify(record),
  });
  return { status: answer.status, body: await answer.json() };
}

/** From now on, the server makes such records even if fields are missing, with values of its own for them. */
function acceptEverything(path: '/accounts' | '/organizations/users'): void {
  let count = 0;
  emulator.stubs.add({
    method: 'POST',
    path,
    access: 'anyone',
    respond: async ({ body = {} }, proceed) => {
      const isWhole = path === '/accounts' ? String(body.externalId ?? '').trim() !== '' : body.email !== undefined;
      if (isWhole) return proceed();
      count += 1;
      const externalId = `made up ${count}`;
      const user = { email: `made-up-${count}@server.example`, firstName: 'Made', lastName: 'Up' };
      return make(path, { ...body, ...(path === '/accounts' ? { externalId } : user) });
    },
  });
}

test('a run deactivates the accounts that a server makes without an externalId', async () => {
  const before = accounts();
  acceptEverything('/accounts');
  const report = await run('account-external-id-required', 'accounts-need-org-admin');
  expect(report).toMatchObject({ differs: 2, notRun: 0 });
  const own = accounts().filter(isOfRun);
  // The first check ends at the first of its two.
  expect(own.map(({ active }) => active)).toEqual([false, false, false]);
  const inactive = own.map(({ id, name }) => `account ${id} '${name}', inactive: accounts can only be deactivated`);
  expect([...report.left].sort()).toEqual(inactive.sort());
  expect(accounts().filter((account) => !isOfRun(account))).toEqual(before);
});

test('a run removes the user that a server makes without an email', async () => {
  const before = accounts();
  acceptEverything('/organizations/users');
  const report = await run('organization-user-required-fields');
  expect(report).toMatchObject({ differs: 1, left: [] });
  expect(accounts()).toEqual(before);
});

test('the report names what a run cannot remove', async () => {
  acceptEverything('/accounts');
  acceptEverything('/organizations/users');
  const isFailing = /^(DELETE \/accounts|GET \/organizations\/users)\/\d+$/;
  proxy.fault = ({ method, path }) => (isFailing.test(`${method} ${path}`) ? { status: 500, body: {} } : undefined);
  const { left } = await run('account-external-id-required', 'organization-user-required-fields');
  expect(left.slice(1)).toEqual([
    expect.stringMatching(
      /^the account \d+ that POST \/accounts has made, perhaps active \(DELETE \/accounts\/\d+ was answered 500\)$/,
    ),
    expect.stringMatching(
      /^the user \d+ that POST \/organizations\/users has made \(GET \/organizations\/users\/\d+ was answered 500\)$/,
    ),
  ]);
}, 20_000);

test('a run removes nothing that it has not made, even if the server answers its id', async () => {
  const before = accounts();
  proxy.fault = ({ method, path, status }) => {
    if (method !== 'POST' || status !== 400) return undefined;
    return path === '/accounts' ? { status: 200, body: { id: 21 } } : { status: 200, body: { id: 22 } };
  };
  const { left } = await run('account-external-id-required', 'organization-user-required-fields');
  const why = 'it does not have the name that this run has sent';
  expect(left).toEqual([
    `the account 21 that POST /accounts has made, perhaps active (${why})`,
    `the user 22 that POST /organizations/users has made (${why})`,
    expect.stringContaining('inactive: accounts can only be deactivated'),
  ]);
  expect(accounts().filter((account) => !isOfRun(account))).toEqual(before);
}, 20_000);

/** From now on, the server gives the users of an account emails of its own. */
function makeUpEmails(): void {
  let count = 0;
  emulator.stubs.add({
    method: 'POST',
    path: '/accounts/{id}/users',
    respond: ({ path, body }, proceed) => {
      if (String(body?.email).endsWith('@server.example')) return proceed();
      count += 1;
      return make(path, { ...body, email: `made-up-${count}@server.example` });
    },
  });
}

const isListOfAccount = ({ method, path }: { method: string; path: string }) =>
  method === 'GET' && /^\/accounts\/\d+\/users$/.test(path);

test('a run removes the users of its account whose emails the server makes up, before the next check', async () => {
  makeUpEmails();
  const report = await run('user-created', 'user-list-empty', 'list-pages', 'list-offset');
  expect(report.results.filter(({ outcome }) => outcome !== 'agrees').map(({ id }) => id)).toEqual(['user-created']);
  expect(accounts().find(isOfRun)).toMatchObject({ active: false, users: [] });
  expect(report.left).toHaveLength(1);
});

test('a run removes only what it has made where the list of its account has the users of others', async () => {
  const before = accounts();
  makeUpEmails();
  proxy.fault = (exchange) => {
    if (!isListOfAccount(exchange)) return undefined;
    const others = [{ id: 22, email: 'kim@customer.example' }];
    return { status: 200, body: [...others, ...(Array.isArray(exchange.body) ? exchange.body : [])] };
  };
  await run('user-locked');
  expect(accounts().filter((account) => !isOfRun(account))).toEqual(before);
  expect(accounts().find(isOfRun)).toMatchObject({ active: false, users: [] });
});
