import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, type Fixture, startEmulator } from '../../src/index.ts';
import { run, runIn } from '../cli/terminal.ts';
import { administrator, secretsOf } from '../conformance/world.ts';
import { isEndurance } from '../support/runs.ts';
import { largeWorld } from './large-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'pull-'));
// In both, a list has more than one page.
const { accounts, users } = isEndurance ? { accounts: 40, users: 5000 } : { accounts: 8, users: 208 };
const count = users.toLocaleString('en-US');
const original = largeWorld({ accounts, users });
let emulator: Emulator;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  emulator = await startEmulator({ fixture: original, journalLimit: 10_000 });
  environment = environmentOf(emulator);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

function environmentOf(of: Emulator): NodeJS.ProcessEnv {
  const { userSecret, organizationSecret } = secretsOf(of);
  return { CE_USER_SECRET: userSecret, CE_ORGANIZATION_SECRET: organizationSecret };
}

async function pull(name: string, ...options: string[]) {
  const file = join(folder, name);
  const terminal = await runIn(environment, 'fixture', 'pull', emulator.baseUrl, file, ...options);
  return { file, err: terminal.err, out: terminal.out, exitCode: terminal.exitCode };
}

/** All that lists answer, without what is made up and what cannot be read. */
async function listsOf(of: Emulator, authorization: string) {
  const ask = async (path: string) => {
    const answer = await fetch(of.baseUrl + path, { headers: { Authorization: authorization } });
    return answer.status === 404 ? [] : JSON.parse(await answer.text());
  };
  const all = 'includeInactive=true&pageSize=5000';
  const accounts = await ask(`/accounts?${all}`);
  const users = await Promise.all(accounts.map(({ id }: { id: number }) => ask(`/accounts/${id}/users?${all}`)));
  const roles = await Promise.all(accounts.map(({ id }: { id: number }) => ask(`/accounts/${id}/roles`)));
  const organization = await ask('/organizations/me');
  const organizationUsers = await ask(`/organizations/users?${all}`);
  return { accounts, users, roles, organization, organizationUsers, rights: await ask('/organizations/roles') };
}

/** Fields that are made up, or that no server shows. */
const madeUp = [
  ...['name', 'fullName', 'firstName', 'lastName', 'email', 'username', 'externalId', 'description', 'phone', 'city'],
  ...['street1', 'street2', 'postalCode', 'stateProvince', 'secret', 'oauthToken', 'oauthId'],
];

/** The value with only whether a text that is made up is there, and how it is shaped. */
function shapeOf(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => shapeOf(entry, key));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([name]) => !/^(secret|oauthToken)$/.test(name));
    return Object.fromEntries(entries.map(([name, entry]) => [name, shapeOf(entry, name)]));
  }
  if (typeof value !== 'string' || !madeUp.includes(key)) return value;
  return value
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\d/g, '0')
    .replace(/a+/g, 'a')
    .replace(/0+/g, '0');
}

test('a pulled fixture answers the same lists, by id, activity, roles and structure', async () => {
  const { out, err, file, exitCode } = await pull('same.json');
  expect(err).toBe('');
  expect(exitCode).toBeUndefined();
  expect(out).toBe(
    `${file}: written, 1 organization, ${accounts} accounts (${Math.floor(accounts / 8)} inactive), ${count} users (${inactiveUsers().toLocaleString('en-US')} inactive), 4 roles, the password policy\n` +
      `Start with it: npx cloud-elements-emulator --fixture ${file}\n`,
  );
  expect((await run('fixture', 'check', file)).out).toBe(
    `${file}: good, 1 organization, ${accounts} accounts, ${count} users\n`,
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);

  await using pulled = await startEmulator({ fixture: file });
  const before = await listsOf(emulator, emulator.authorizationFor(administrator));
  const after = await listsOf(pulled, pulled.credentials.authorization);
  // Made-up emails end in a domain that nobody has.
  const ended = JSON.parse(JSON.stringify(before).replaceAll(/"[\w.]+@[\w.]+(?=")/g, '$&.example'));
  expect(shapeOf(after)).toEqual(shapeOf(ended));
  expect(after.users.flat()).toHaveLength(users);
});

function inactiveUsers(): number {
  const { organizations } = emulator.snapshot();
  return organizations[1]?.accounts.flatMap(({ users }) => users).filter(({ active }) => active === false).length ?? 0;
}

/** Every text of the original that must not be in the pulled file. */
function originalsOf(organizations: Fixture['organizations']): Set<string> {
  const texts = new Set<string>();
  const visit = (value: unknown, key = '') => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, entry] of Object.entries(value)) visit(entry, name);
    else if (typeof value === 'string' && (madeUp.includes(key) || /password|token/i.test(key))) texts.add(value);
  };
  visit(organizations);
  return texts;
}

test('a pulled fixture has no secret, name, email or external id of the original', async () => {
  const { file } = await pull('masked.json');
  // Each text of the file once, so that the search takes no minute.
  const texts = new Set(
    readFileSync(file, 'utf8')
      .toLowerCase()
      .match(/"(?:[^"\\]|\\.)*"/g),
  );
  const text = [...texts].join('\n');
  const originals = originalsOf(emulator.snapshot().organizations.slice(1));
  expect(originals.size).toBeGreaterThan(3 * users);
  // A short number can be part of an id, which is kept, or of another made-up number.
  const isThere = (original: string) => (/^\d+$/.test(original) ? texts.has(`"${original}"`) : text.includes(original));
  expect([...originals].map((original) => original.toLowerCase()).filter(isThere)).toEqual([]);
  const names = ['aurelia', 'quackenbush', 'mandrake', 'gargantua', 'mulberry', 'timbuktown', 'compared'];
  expect(names.filter((name) => text.includes(name))).toEqual([]);
});

test('fixture pull makes the same word of the same word, and keeps emails unique', async () => {
  const { file } = await pull('consistent.json');
  const fixture: Fixture = JSON.parse(readFileSync(file, 'utf8'));
  const all = fixture.organizations.flatMap(({ accounts = [] }) => accounts.flatMap(({ users = [] }) => users));
  expect(new Set(all.map(({ email }) => email)).size).toBe(users);
  const byId = new Map(all.map((user) => [user.id, user]));
  const source = emulator.snapshot().organizations[1]?.accounts.flatMap((account) => account.users) ?? [];
  const names = new Map<string, string | undefined>();
  for (const { id, firstName, email } of source) {
    const made = byId.get(id)?.firstName;
    expect(names.get(firstName) ?? made).toBe(made);
    names.set(firstName, made);
    // The email begins with the first name.
    expect(email.toLowerCase().startsWith(`${firstName.toLowerCase()}.`)).toBe(
      byId.get(id)?.email.toLowerCase().startsWith(`${made?.toLowerCase()}.`),
    );
    expect(byId.get(id)?.email).toMatch(/\.example$/);
  }
  expect(names.size).toBeGreaterThan(isEndurance ? 50 : 10);
});

test('fixture pull --keep-names keeps the names, and no secret', async () => {
  const { file } = await pull('kept.json', '--keep-names');
  const text = readFileSync(file, 'utf8');
  const { organizations } = emulator.snapshot();
  expect(text).toContain(administrator);
  expect(text).toContain(organizations[1]?.name);
  const secrets = organizations.flatMap(({ secret, accounts }) => [
    secret,
    ...accounts.flatMap(({ users }) => users.flatMap((user) => [user.secret, user.password ?? user.secret])),
  ]);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('fixture pull reads nothing of another organization, and sends nothing but GET', async () => {
  const { file } = await pull('one.json', '--keep-names');
  expect(readFileSync(file, 'utf8')).not.toContain('other.example');
  expect(new Set(emulator.requests.all().map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('fixture pull replaces a file only with --force, and prints the fixture for -', async () => {
  writeFileSync(join(folder, 'mine.json'), 'mine');
  const before = emulator.requests.length;
  const refused = await pull('mine.json');
  expect(refused.err).toMatch(/mine\.json exists already: choose another name, or --force\.\n$/);
  expect(refused.exitCode).toBe(2);
  expect(emulator.requests).toHaveLength(before);
  expect((await pull('mine.json', '--force')).out).toContain(`${count} users`);
  expect(statSync(join(folder, 'mine.json')).mode & 0o777).toBe(0o600);
  const printed = await runIn(environment, 'fixture', 'pull', emulator.baseUrl, '-');
  expect(JSON.parse(printed.out).organizations).toHaveLength(1);
  expect(printed.err).toContain(`standard output: written, 1 organization, ${accounts} accounts`);
});

test('fixture pull shows its progress on a terminal', async () => {
  const { FakeProcess } = await import('../cli/terminal.ts');
  const { runCommand } = await import('../../src/cli/cli.ts');
  const terminal = new FakeProcess('fixture', 'pull', emulator.baseUrl, '-');
  terminal.env = environment;
  Object.assign(terminal.stderr, { isTTY: true });
  await runCommand(terminal);
  expect(terminal.err).toContain(`\r\x1b[K${accounts - 1} of ${accounts} accounts, `);
  expect(terminal.err).toContain(`\r\x1b[K${accounts} of ${accounts} accounts, ${count} users`);
});

describe('from a server that fails', () => {
  test('fixture pull refuses a list that does not end', async () => {
    const { createServer } = await import('node:http');
    const records = Array.from({ length: 200 }, (_, id) => ({ id, name: 'x' }));
    const server = createServer(({ url }, response) => {
      const body = url?.includes('/organizations/me') ? { id: 1, name: 'Endless' } : records;
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = Object(server.address());
    const { err, exitCode } = await runIn(environment, 'fixture', 'pull', `http://127.0.0.1:${port}`, '-');
    expect(err).toMatch(/GET \/accounts\?.*offset=200 answers the same records again: the list does not end\.\n$/);
    expect(exitCode).toBe(2);
    server.closeAllConnections();
    server.close();
  });

  test.each([
    ['500', { status: 500 }, /GET \/accounts\?.* was answered 500\.\n$/],
    ['a lost connection', { drop: true }, /GET \/accounts: \S+ closed the connection without an answer\.\n$/],
  ])('fixture pull reports %s of every request in one line', async (_, fault, message) => {
    emulator.faults.add({ path: '/accounts', ...fault });
    const { err, exitCode } = await runIn(environment, 'fixture', 'pull', emulator.baseUrl, '-');
    emulator.faults.clear();
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });

  test('fixture pull asks again after failures of single requests', async () => {
    emulator.faults.add({ path: '/accounts', status: 500, times: 1 });
    emulator.faults.add({ path: '/accounts/{id}/users', drop: true, times: 2 });
    const { err, out } = await runIn(environment, 'fixture', 'pull', emulator.baseUrl, '-');
    expect(emulator.faults.list()).toMatchObject([{ applied: 1 }, { applied: 2 }]);
    emulator.faults.clear();
    expect(err).toContain(`${count} users`);
    expect(JSON.parse(out).organizations).toHaveLength(1);
  });

  test('fixture pull says when the caller may not read the roles', async () => {
    emulator.faults.add({ operationId: 'getOrganizationRoles', status: 403 });
    const { err } = await runIn(environment, 'fixture', 'pull', emulator.baseUrl, '-');
    emulator.faults.clear();
    expect(err).toContain('Not read: the roles of the organization (GET /organizations/roles was answered 403); those');
  });
});
