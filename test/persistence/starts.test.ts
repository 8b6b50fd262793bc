import crypto from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createEmulator, FixtureError, startEmulator } from '../../src/index.ts';
import { send } from '../durability/changes.ts';
import { bundle, Child, useFolder } from '../durability/processes.ts';
import { kept } from '../support/kept.ts';
import { isEndurance } from '../support/runs.ts';

const folder = useFolder('starts');
const secret = 'Hidden-Secret-1234';
const children: Child[] = [];
let index = '';
beforeAll(() => {
  if (isEndurance) index = bundle(folder).index;
});
afterAll(() => Promise.all(children.map((child) => child.kill())));

const emptyPlace = () => {
  const place = mkdtempSync(join(folder, 'place-'));
  chmodSync(place, 0o777);
  return place;
};

/** The error, which is one line that names the file. */
function refusal(dataFile: string): FixtureError {
  try {
    createEmulator({ dataFile });
  } catch (error) {
    if (!(error instanceof FixtureError)) throw new Error(`${dataFile}: not ours: ${String(error)}`);
    expect(error.message).not.toMatch(/[\r\n]/);
    expect(error.message).not.toContain(secret);
    expect(error.message.startsWith(`${dataFile}: `)).toBe(true);
    return error;
  }
  throw new Error(`${dataFile} was accepted`);
}

const good = (user: object = {}, top: object = {}) =>
  JSON.stringify({
    version: 1,
    organizations: [
      {
        name: 'A',
        secret,
        accounts: [{ defaultAccount: true, users: [{ email: 'a@b.c', password: secret, ...user }] }],
      },
    ],
    ...top,
  });
/** Two users with the same. */
const twins = (same: object) => {
  const users = [
    { email: 'a@b.c', ...same },
    { email: 'b@b.c', ...same },
  ];
  return JSON.stringify({ organizations: [{ name: 'A', accounts: [{ defaultAccount: true, users }] }] });
};
const user = '/organizations/0/accounts/0/users/0';

test.each([
  ['an empty file', '', ''],
  ['white space', ' \n\t\n', ''],
  ['only a byte order mark', '\uFEFF', ''],
  ['a file that is cut off', good().slice(0, -20), ''],
  ['a file that is cut off in a secret', good().slice(0, good().indexOf(secret) + 6), ''],
  ['a file with a mistake', good().replace('"version":1,', '"version":1'), ''],
  ['a file with an unknown word before a secret', good().replace(`"${secret}"`, `nope "${secret}"`), ''],
  ['two files in one', good() + good(), ''],
  ['zeros, as a disk that lost power leaves them', '\0'.repeat(500), ''],
  ['bytes that are not text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), ''],
  ['a file in Latin-1', Buffer.from(good({ firstName: 'Zo\u00eb' }), 'latin1'), ''],
  ['a file with an incomplete character', Buffer.concat([Buffer.from(good()), Buffer.from([0xe2, 0x82])]), ''],
  ['a list', '[]', ''],
  ['nothing', 'null', ''],
  ['no organizations', '{}', '/organizations'],
  ['an empty list of organizations', '{"organizations":[]}', '/organizations'],
  ['a newer version', good({}, { version: 2 }), '/version'],
  ['a newer version of another form', '{"version":3,"things":[]}', '/version'],
  ['an invalid version', good({}, { version: '1' }), '/version'],
  ['an unknown key', good({}, { organisations: [] }), '/organisations'],
  ['a secret that is a number', good({ secret: 12345 }), `${user}/secret`],
  ['a password that is empty', good({ password: '' }), `${user}/password`],
  ['a secret with a space', good({ secret: `${secret} ${secret}` }), `${user}/secret`],
  ['a token with a comma', good({ tokens: [`${secret},${secret}`] }), `${user}/tokens/0`],
  ['a secret in use', twins({ secret }), expect.stringContaining('/secret')],
  ['a token in use', twins({ tokens: [secret] }), expect.stringContaining('/tokens')],
  [
    'an email in use',
    good({ email: 'twin@b.c' }).replace('[{"email"', '[{"email":"twin@b.c"},{"email"'),
    expect.stringContaining('/email'),
  ],
  ['a token that is a secret', good({ tokens: [secret] }), expect.stringContaining('/tokens')],
  ['an invalid email', good({ email: 'nobody' }), `${user}/email`],
  ['a date that does not exist', good({ createdDate: '2020-02-31' }), `${user}/createdDate`],
  ['an id that is not a number', good({ id: 'one' }), `${user}/id`],
])('%s is refused with the pointer and stays unchanged', (_name, text, pointer) => {
  const place = emptyPlace();
  const dataFile = join(place, 'data.json');
  writeFileSync(dataFile, text);
  chmodSync(dataFile, 0o640);
  const before = statSync(dataFile);
  expect(refusal(dataFile).pointer).toEqual(pointer);
  expect(readFileSync(dataFile)).toEqual(Buffer.from(text));
  const { mode, ino, mtimeMs } = statSync(dataFile);
  expect({ mode, ino, mtimeMs }).toEqual({ mode: before.mode, ino: before.ino, mtimeMs: before.mtimeMs });
  expect(readdirSync(place)).toEqual(['data.json']);
  // Only the file was the reason.
  writeFileSync(dataFile, good());
  expect(createEmulator({ dataFile }).credentials.organizationSecret).toBe(secret);
});

test('a byte order mark before a valid file is ignored', async () => {
  const dataFile = join(emptyPlace(), 'data.json');
  writeFileSync(dataFile, `\uFEFF${good()}`);
  const emulator = createEmulator({ dataFile });
  expect((await send(emulator, 'put', '/organizations/me', { name: 'B' })).status).toBe(200);
  expect(kept(dataFile).organizations[0]?.name).toBe('B');
  expect(statSync(dataFile).mode & 0o777).toBe(0o600);
  await emulator.close();
  expect(JSON.parse(readFileSync(dataFile, 'utf8')).organizations[0].name).toBe('B');
});

test.each([
  ['a missing directory', () => join(emptyPlace(), 'missing', 'data.json')],
  ['a path below a file', () => join(__filename, 'data.json')],
  ['a name that is too long', () => join(emptyPlace(), 'x'.repeat(300))],
  ['a name that leaves no room for the lock', () => join(emptyPlace(), 'x'.repeat(252))],
  ['a directory', () => emptyPlace()],
  ['a directory where nobody can write', () => '/proc/data.json'],
  ['a file that nobody can replace', () => '/proc/version'],
  ['a device', () => '/dev/null'],
  ['a link to itself', () => link(join(emptyPlace(), 'loop.json'), 'loop.json')],
])('%s is refused', (_name, make) => {
  const dataFile = make();
  const mode = existsSync(dataFile) ? statSync(dataFile).mode : undefined;
  refusal(dataFile);
  expect(existsSync(`${dataFile}.lock`)).toBe(false);
  expect(existsSync(dataFile) ? statSync(dataFile).mode : undefined).toBe(mode);
});

function link(path: string, target: string): string {
  symlinkSync(target, path);
  return path;
}

test('a link is followed and stays a link', async () => {
  const place = emptyPlace();
  mkdirSync(join(place, 'real'));
  const target = join(place, 'real', 'data.json');
  writeFileSync(target, good());
  const dataFile = link(join(place, 'link.json'), 'real/data.json');
  const emulator = createEmulator({ dataFile });
  expect((await send(emulator, 'put', '/organizations/me', { name: 'B' })).status).toBe(200);
  expect(readlinkSync(dataFile)).toBe('real/data.json');
  expect(kept(target).organizations[0]?.name).toBe('B');
  // Both ways lead to one lock.
  expect(() => createEmulator({ dataFile: target })).toThrow(/is in use by another emulator of this process/);
  await emulator.close();
  expect(readdirSync(place).sort()).toEqual(['link.json', 'real']);
  expect(readdirSync(join(place, 'real'))).toEqual(['data.json']);
});

test('a dangling link stays a link or is refused', () => {
  const place = emptyPlace();
  const dataFile = link(join(place, 'link.json'), 'target.json');
  try {
    createEmulator({ dataFile });
  } catch (error) {
    expect(error).toBeInstanceOf(FixtureError);
  }
  expect(lstatSync(dataFile).isSymbolicLink()).toBe(true);
});

const describeProcesses = isEndurance ? describe : () => undefined;

describeProcesses('for a user without permission', () => {
  // Whoever runs this as another user than root is such a user already.
  const nobody = process.getuid?.() === 0 ? 65534 : undefined;

  const rows: [what: string, mode: number, directoryMode: number, culprit: RegExp][] = [
    ['a file that cannot be read', 0o200, 0o777, /write \S+\/data\.json$/],
    ['a file that cannot be written', 0o444, 0o777, /write \S+\/data\.json$/],
    ['a directory that cannot be written', 0o666, 0o555, /write \S+\/place-\w+$/],
    ['a directory that cannot be entered', 0o666, 0o600, /read \S+\/place-\w+$/],
  ];

  test.each(rows)('%s is refused and stays unchanged', async (_name, mode, directoryMode, culprit) => {
    const place = emptyPlace();
    const dataFile = join(place, 'data.json');
    writeFileSync(dataFile, good());
    chmodSync(dataFile, mode);
    chmodSync(place, directoryMode);
    const child = new Child(index);
    children.push(child);
    const message = await child.start({ dataFile }, nobody);
    chmodSync(place, 0o777);
    expect(message).toMatch(
      new RegExp(`^${dataFile}: the (data )?file cannot be (read|written): user \\d+ may not [^\\n]*$`),
    );
    expect(message).toMatch(culprit);
    expect(statSync(dataFile).mode & 0o777).toBe(mode);
    expect(readdirSync(place)).toEqual(['data.json']);
    chmodSync(dataFile, 0o600);
    expect(readFileSync(dataFile, 'utf8')).toBe(good());
  });
});

test('a link in place of a draft is not followed, and its target stays unchanged', async () => {
  const place = emptyPlace();
  const dataFile = join(place, 'data.json');
  const target = join(place, 'target');
  writeFileSync(target, 'precious');
  chmodSync(target, 0o644);
  const errors: unknown[] = [];
  const emulator = createEmulator({ dataFile, onError: (error) => errors.push(error) });
  // As if the name could have been foretold.
  const name = jest.spyOn(crypto, 'randomUUID').mockReturnValue('0-0-0-0-0');
  for (const each of [`${dataFile}.log.0-0-0-0-0.tmp`, `${dataFile}.0-0-0-0-0.tmp`]) symlinkSync(target, each);
  expect((await send(emulator, 'put', '/organizations/me', { name: 'B' })).status).toBe(500);
  await expect(emulator.reset()).rejects.toThrow('EEXIST');
  expect(errors.map(String)).toEqual([expect.stringContaining('EEXIST')]);
  name.mockRestore();
  expect((await send(emulator, 'put', '/organizations/me', { name: 'B' })).status).toBe(200);
  await emulator.close();
  expect(lstatSync(dataFile).isFile()).toBe(true);
  expect([readFileSync(target, 'utf8'), statSync(target).mode & 0o777]).toEqual(['precious', 0o644]);
});

test('the next start removes only the drafts of a killed process', () => {
  const place = emptyPlace();
  const dataFile = join(place, 'data.json');
  const draft = '.01234567-89ab-cdef-0123-456789abcdef.tmp';
  const others = [
    'other.json',
    `other.json${draft}`,
    `data.json.lock${draft}`,
    'data.json.tmp',
    `data.json.bak${draft}`,
  ];
  for (const name of [...others, `data.json${draft}`, `data.json.log${draft}`]) writeFileSync(join(place, name), '');
  createEmulator({ dataFile });
  expect(readdirSync(place).sort()).toEqual(['data.json', 'data.json.lock', ...others].sort());
});

test('a start that fails at the port releases the data file', async () => {
  const dataFile = join(emptyPlace(), 'data.json');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(startEmulator({ dataFile, port })).rejects.toThrow(/is in use already/);
  server.close();
  expect(existsSync(`${dataFile}.lock`)).toBe(false);
  const emulator = await startEmulator({ dataFile });
  await emulator.close();
});
