import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../src/tls/make-certificate.ts';
import { until } from '../support/until.ts';
import { type FakeProcess, run, runIn } from './terminal.ts';

/** The status of a call to the address that the command printed, by a client that trusts this certificate. */
function call(terminal: FakeProcess, ca: string): Promise<number | undefined> {
  const [, url = ''] = /Base URL +(\S+)/.exec(terminal.out) ?? [];
  return new Promise((resolve, reject) => {
    get(`${url}/accounts`, { ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

test('--https prints how clients trust the certificate, and removes its file at the end', async () => {
  const terminal = await run('--port', '0', '--https');
  expect(terminal.out).toMatch(/Base URL {13}https:\/\/127\.0\.0\.1:\d+\/elements\/api-v2\n/);
  expect(terminal.out).toMatch(/Sandbox page {9}https:\/\/127\.0\.0\.1:\d+\/__emulator\/\n/);
  const [, path = ''] = /Certificate {10}(\S+)\n/.exec(terminal.out) ?? [];
  expect(terminal.out).toContain(`  export NODE_EXTRA_CA_CERTS=${path}\n`);
  expect(terminal.out).toContain(`  curl --cacert ${path} -H 'Authorization: User `);
  expect(await call(terminal, readFileSync(path, 'utf8'))).toBe(401);
  terminal.emit('SIGTERM');
  await until(() => !existsSync(path));
});

test('the printed curl works', async () => {
  const terminal = await run('--port', '0', '--https');
  const [, command = ''] = /\n {2}(curl --cacert .*)\n/.exec(terminal.out) ?? [];
  const [program, ...args] = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  // The emulator answers from this process.
  const out = await new Promise((resolve, reject) => {
    execFile(program ?? '', ['--silent', '--show-error', ...args], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
  expect(JSON.parse(String(out))).toContainEqual(expect.objectContaining({ id: 156162 }));
});

test('CE_EMULATOR_HTTPS is the same as --https, and --log silent writes no file', async () => {
  const terminal = await runIn({ CE_EMULATOR_HTTPS: 'yes' }, '--port', '0');
  expect(terminal.out).toContain('Base URL             https://');
  const silent = await run('--port', '0', '--https', '--log', 'silent');
  expect(silent.out + silent.err).toBe('');
});

describe('--https-key and --https-cert', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  let cert: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'https '));
    const made = await makeCertificate(['127.0.0.1']);
    cert = made.cert;
    writeFileSync(file('key.pem'), made.key);
    writeFileSync(file('cert.pem'), made.cert);
    writeFileSync(file('other.pem'), (await makeCertificate(['127.0.0.1'])).key);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['options', 'variables'])('use the certificate of the files, by %s, and keep them', async (how) => {
    const files = { CE_EMULATOR_HTTPS_KEY: file('key.pem'), CE_EMULATOR_HTTPS_CERT: file('cert.pem') };
    const terminal =
      how === 'variables'
        ? await runIn(files, '--port', '0')
        : await run('--port', '0', '--https-key', file('key.pem'), '--https-cert', file('cert.pem'));
    expect(await call(terminal, cert)).toBe(401);
    expect(terminal.out).toContain(`  export NODE_EXTRA_CA_CERTS='${file('cert.pem')}'\n`);
    terminal.emit('SIGTERM');
    expect(existsSync(file('cert.pem'))).toBe(true);
  });

  test.each<[readonly string[], string]>([
    [['key', 'key.pem'], '--https-key needs --https-cert as well; --https alone makes a certificate.'],
    [['cert', 'cert.pem'], '--https-cert needs --https-key as well; --https alone makes a certificate.'],
    [['key', 'none.pem', 'cert', 'cert.pem'], '--https-key cannot be read: there is no file '],
    [['key', 'key.pem', 'cert', ''], '--https-cert cannot be read: '],
    [['key', 'other.pem', 'cert', 'cert.pem'], '--https-key with --https-cert has a key and a certificate that cannot'],
    [['key', 'cert.pem', 'cert', 'key.pem'], '--https-key with --https-cert has a key and a certificate that cannot'],
  ])('are refused as %j', async (args, message) => {
    const given = args.map((arg, index) => (index % 2 === 0 ? `--https-${arg}` : file(arg)));
    const terminal = await run('--port', '0', ...given);
    expect(terminal.err).toContain(`cloud-elements-emulator: ${message}`);
    expect(terminal.err).not.toContain('PRIVATE KEY');
    expect(terminal.exitCode).toBe(1);
  });
});

test('openapi --https prints an address with https', async () => {
  const terminal = await run('openapi', '--https');
  expect(JSON.parse(terminal.out).servers).toMatchObject([{ url: 'https://127.0.0.1:4600/elements/api-v2' }]);
});
