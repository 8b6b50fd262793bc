import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { isEndurance } from '../support/runs.ts';

/** Clients in processes of their own, which trust the certificate as their users would make them. */

let emulator: Emulator;
let folder: string;
let file: string;
beforeAll(async () => {
  emulator = await startEmulator({ fixture: 'minimal', https: true });
  folder = mkdtempSync(join(tmpdir(), 'trust-'));
  file = join(folder, 'certificate.pem');
  writeFileSync(file, emulator.certificate);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const run = promisify(execFile);
const axios = JSON.stringify(require.resolve('axios'));

type Command = (url: string) => readonly string[];
const clients: [name: string, command: Command, trust: (file: string) => Record<string, string>][] = [
  [
    'fetch',
    (url) => [process.execPath, '-e', `fetch('${url}').then(async (answer) => console.log(await answer.text()))`],
    (certificate) => ({ NODE_EXTRA_CA_CERTS: certificate }),
  ],
  [
    'node:https',
    (url) => [
      process.execPath,
      '-e',
      `require('node:https').get('${url}', (answer) => answer.on('data', (data) => console.log(String(data))))`,
    ],
    (certificate) => ({ NODE_EXTRA_CA_CERTS: certificate }),
  ],
  [
    'axios',
    (url) => [
      process.execPath,
      '-e',
      `require(${axios}).get('${url}').then(({ data }) => console.log(JSON.stringify(data)))`,
    ],
    (certificate) => ({ NODE_EXTRA_CA_CERTS: certificate }),
  ],
  ['curl', (url) => ['curl', '--silent', '--show-error', url], (certificate) => ({ CURL_CA_BUNDLE: certificate })],
  [
    'python3',
    (url) => ['python3', '-c', `import urllib.request; print(urllib.request.urlopen('${url}').read().decode())`],
    (certificate) => ({ SSL_CERT_FILE: certificate }),
  ],
];

// In npm test two of them: each starts processes.
describe.each(clients.filter(([name]) => isEndurance || name === 'fetch' || name === 'curl'))(
  '%s',
  (_name, command, trust) => {
    const [program = ''] = command('');
    const isThere = spawnSync(program, ['--version']).error === undefined;
    if (!isThere) console.warn(`${program} is not on this machine: its trust in the certificate is not tested.`);
    const testHere = isThere ? test : test.skip;
    const call = (host: string, env: Record<string, string>) => {
      const [, ...args] = command(`https://${host}:${new URL(emulator.url).port}/__emulator/health`);
      return run(program, args, { env: { PATH: process.env.PATH, ...env } });
    };

    testHere.each(isEndurance ? ['127.0.0.1', 'localhost'] : ['127.0.0.1'])(
      'trusts the certificate for %s',
      async (host) => {
        const { stdout } = await call(host, trust(file));
        expect(JSON.parse(stdout)).toMatchObject({ status: 'ok' });
      },
    );

    testHere('refuses the certificate by default', async () => {
      await expect(call('127.0.0.1', {})).rejects.toThrow(/certificate/i);
    });
  },
);
