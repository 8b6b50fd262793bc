import fs, { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fixture, readFixture, startEmulator } from '../../src/index.ts';
import { run } from './terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixture-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const read = (name: string): Fixture => JSON.parse(readFileSync(path(name), 'utf8'));
const good = '1 organization, 3 accounts, 4 users';

describe('fixture init', () => {
  test('writes a fixture with which an emulator can start', async () => {
    const file = path('acme.json');
    const { out, exitCode } = await run('fixture', 'init', file);
    expect(out).toBe(`${file}: written, ${good}\nStart with it: npx cloud-elements-emulator --fixture ${file}\n`);
    expect(exitCode).toBeUndefined();

    const emulator = await startEmulator({ fixture: file });
    const headers = { Authorization: emulator.authorizationFor('admin@customer-1.example') };
    const { id } = emulator.snapshot().organizations[0]?.accounts?.[1] ?? {};
    expect((await fetch(`${emulator.baseUrl}/accounts/${id}/users`, { headers })).status).toBe(200);
    const login = await fetch(`${emulator.baseUrl}/authentication`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'organization-admin@acme.example', password: 'Passw0rd!' }),
    });
    expect(login.status).toBe(200);
    await emulator.close();
  });

  test('ignores a lock that no emulator has written', async () => {
    writeFileSync(path('flake.lock'), '{"nodes": {}}');
    expect((await run('fixture', 'init', path('flake'))).err).toBe('');
    expect(readFileSync(path('flake.lock'), 'utf8')).toBe('{"nodes": {}}');
  });

  test('makes a fixture from a data file readable for its owner only, also when it replaces another file', async () => {
    const mode = (name: string) => fs.statSync(path(name)).mode & 0o777;
    await run('fixture', 'init', path('starter.json'));
    await run('fixture', 'init', path('copy.json'), '--from', path('starter.json'));
    const emulator = await startEmulator({ dataFile: path('data.json') });
    await run('fixture', 'init', path('kept.json'), '--from', path('data.json'));
    await run('fixture', 'init', path('starter.json'), '--from', path('data.json'), '--force');
    await emulator.close();
    expect(['copy.json', 'kept.json', 'starter.json'].map(mode)).toEqual([0o600, 0o600, 0o600]);
    await run('fixture', 'init', path('minimal.json'), '--from', 'minimal');
    expect(mode('minimal.json')).toBe(0o666 & ~process.umask());
  });

  test('names the schema in the project of the file', async () => {
    await run('fixture', 'init', path('alone.json'));
    const schema = 'node_modules/cloud-elements-emulator/fixtures/fixture.schema.json';
    expect(read('alone.json').$schema).toBe(`./${schema}`);

    mkdirSync(path('test/fixtures'), { recursive: true });
    mkdirSync(path('node_modules/cloud-elements-emulator/fixtures'), { recursive: true });
    writeFileSync(path(schema), '{}');
    await run('fixture', 'init', path('test/fixtures/acme.json'));
    expect(read('test/fixtures/acme.json').$schema).toBe(`../../${schema}`);
    expect(Object.keys(read('test/fixtures/acme.json'))[0]).toBe('$schema');
  });

  test('replaces a file only with --force', async () => {
    writeFileSync(path('mine.json'), 'mine');
    const refused = await run('fixture', 'init', path('mine.json'));
    const hint = `${path('mine.json')} exists already: choose another name, or --force.`;
    expect(refused.err).toBe(`cloud-elements-emulator: ${hint}\n`);
    expect(refused.exitCode).toBe(1);
    expect(readFileSync(path('mine.json'), 'utf8')).toBe('mine');

    expect((await run('fixture', 'init', path('mine.json'), '--force')).out).toContain(good);
    const nowhere = await run('fixture', 'init', path('nowhere/mine.json'));
    expect(nowhere.err).toMatch(/nowhere\/mine\.json cannot be written: there is no directory \S+\/nowhere\.\n$/);
    const directory = await run('fixture', 'init', folder, '--force');
    const name = `name a file in it, such as ${path('fixture.json')}.`;
    expect(directory.err).toBe(`cloud-elements-emulator: ${folder} is a directory: ${name}\n`);
  });

  test('does not replace the data file of a running emulator, nor a log or lock that one has left', async () => {
    const file = path('data.json');
    symlinkSync(file, path('link.json'));
    let before = '';
    await addAccount(file, async () => {
      before = readFileSync(file, 'utf8');
      for (const name of [file, path('link.json')]) {
        for (const force of [[], ['--force']]) {
          const { err, exitCode } = await run('fixture', 'init', name, ...force);
          const who = `another emulator of this process (${file}.lock)`;
          const hint = 'close that one first, or choose another name.';
          expect(err).toBe(`cloud-elements-emulator: ${name} is a data file in use by ${who}: ${hint}\n`);
          expect(exitCode).toBe(1);
        }
      }
      expect(readFileSync(file, 'utf8')).toBe(before);
    });
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: 4711, host: 'elsewhere' }));
    const elsewhere = await run('fixture', 'init', file, '--force');
    expect(elsewhere.err).toContain(`in use by process 4711 on host 'elsewhere' (${file}.lock)`);
    rmSync(`${file}.lock`);

    writeFileSync(`${file}.log`, 'changes');
    const left = await run('fixture', 'init', file, '--force');
    expect(left.err).toContain(`${file} is a data file, and ${file}.log has changes that belong to it: start an emul`);
    expect(left.exitCode).toBe(1);
    rmSync(file);
    const alone = await run('fixture', 'init', file);
    const hint = `${file}.log is of a data file called ${file}: choose another name, or remove it.`;
    expect(alone.err).toBe(`cloud-elements-emulator: ${hint}\n`);
    rmSync(`${file}.log`);
    expect((await run('fixture', 'init', file, '--force')).exitCode).toBeUndefined();
  });

  test('prints only the fixture for -', async () => {
    const { out, err } = await run('fixture', 'init', '-', '--from', 'minimal');
    await run('fixture', 'init', path('minimal.json'), '--from', 'minimal');
    expect({ ...JSON.parse(out), $schema: '' }).toEqual({ ...read('minimal.json'), $schema: '' });
    expect(err).toBe('');
  });

  test('copies a built-in fixture, a fixture file or a data file', async () => {
    const { $schema: _, ...minimal } = readFixture('minimal').fixture;
    await run('fixture', 'init', path('a.json'), '--from', 'minimal');
    expect(read('a.json')).toEqual({ $schema: expect.any(String), ...minimal });
    await run('fixture', 'init', path('b.json'), '--from', path('a.json'));
    expect(read('b.json')).toEqual(read('a.json'));

    await addAccount(path('data.json'));
    const { out } = await run('fixture', 'init', path('c.json'), '--from', path('data.json'));
    expect(out).toContain('1 organization, 2 accounts, 1 user\n');

    const unknown = await run('fixture', 'init', path('d.json'), '--from', 'minimla');
    expect(unknown.err).toMatch(/fixture 'minimla': .*did you mean 'minimal'\?\n$/);
  });
});

describe('fixture check', () => {
  test('prints a line for each file, and fails if one is invalid', async () => {
    const organizations = [{ name: 'Acme', accounts: [{ externalId: 'x', users: [{ emial: 'kim@acme.example' }] }] }];
    writeFileSync(path('wrong.json'), JSON.stringify({ organizations }));
    writeFileSync(
      path('twice.json'),
      JSON.stringify({
        organizations: [
          { name: 'A', id: 1 },
          { name: 'B', id: 1 },
        ],
      }),
    );
    await run('fixture', 'init', path('good.json'));

    const files = ['wrong.json', 'good.json', 'twice.json', 'missing.json'].map(path);
    const { out, err, exitCode } = await run('fixture', 'check', ...files);
    expect(out).toBe(`${path('good.json')}: good, ${good}\n`);
    expect(err.split('\n')).toEqual([
      `${path('wrong.json')}: /organizations/0/accounts/0/users/0/emial: unknown key 'emial': did you mean 'email'?`,
      expect.stringMatching(/twice\.json: \/organizations\/1\/id: .*1/),
      expect.stringMatching(/^fixture '.*missing\.json': there is no such file/),
      '',
    ]);
    expect(exitCode).toBe(1);
  });

  test('lists all mistakes of a file, up to twenty', async () => {
    const users = (count: number) => Array.from({ length: count }, (_, n) => ({ email: `no email ${n}` }));
    const of = (count: number) =>
      JSON.stringify({ organizations: [{ name: 'A', accounts: [{ users: users(count) }] }] });
    writeFileSync(path('20.json'), of(20));
    writeFileSync(path('21.json'), of(21));
    const twenty = (await run('fixture', 'check', path('20.json'))).err.trim().split('\n');
    expect(twenty).toHaveLength(20);
    for (const line of twenty)
      expect(line).toMatch(/20\.json: \/organizations\/0\/accounts\/0\/users\/\d+\/email: found/);
    const more = (await run('fixture', 'check', path('21.json'))).err.trim().split('\n');
    expect(more).toHaveLength(21);
    expect(more[20]).toBe(`${path('21.json')}: and 1 more`);
    // A start reports the first one.
    expect((await run('--port', '0', '--fixture', path('21.json'))).err.trim().split('\n')).toHaveLength(1);
  });

  test('names standard input in messages, as a start does', async () => {
    const read = jest.spyOn(fs, 'readSync');
    for (const args of [
      ['fixture', 'check', '-'],
      ['--port', '0', '--fixture', '-'],
    ]) {
      const pieces = ['{"organizations": [{"name": "A"}]}', ''];
      read.mockImplementation((_file: number, into: NodeJS.ArrayBufferView) =>
        Buffer.from(into.buffer, into.byteOffset).write(pieces.shift() ?? ''),
      );
      expect((await run(...args)).out).toMatch(/^(standard input: good, |\S+ \S+, fixture from standard input\n)/);
    }
    read.mockRestore();
  });

  test('reads a data file with its log, also while an emulator has it open, and changes neither', async () => {
    await addAccount(path('data.json'), async () => {
      const before = [readFileSync(path('data.json')), readFileSync(path('data.json.log'))];
      const { out, exitCode } = await run('fixture', 'check', path('data.json'));
      expect(out).toBe(`${path('data.json')}: good, 1 organization, 2 accounts, 1 user\n`);
      expect(exitCode).toBeUndefined();
      expect([readFileSync(path('data.json')), readFileSync(path('data.json.log'))]).toEqual(before);
    });
    writeFileSync(path('data.json'), '{"organizations": [');
    expect((await run('fixture', 'check', path('data.json'))).err).toContain(
      'data.json: the file is cut off at line 1',
    );
  });
});

/** Runs an emulator with a data file, adds an account, and runs an action meanwhile. */
async function addAccount(dataFile: string, meanwhile = async () => {}): Promise<void> {
  const emulator = await startEmulator({ fixture: 'minimal', dataFile });
  await fetch(`${emulator.baseUrl}/accounts`, {
    method: 'POST',
    headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify({ externalId: 'customer-1' }),
  });
  await meanwhile();
  await emulator.close();
}
