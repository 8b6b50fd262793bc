import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createEmulator, startEmulator } from '../../src/index.ts';
import { messageOf } from '../../src/text/message-of.ts';
import { run } from '../cli/terminal.ts';
import { basePath, connect } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { blocksOf, isIn, root } from '../support/markdown.ts';
import { until } from '../support/until.ts';

/** Provokes every message of the page. */

const page = 'docs/troubleshooting.md';
const folder = mkdtempSync(join(tmpdir(), 'troubleshooting-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A data file with one change in its log, as a killed emulator leaves it; without the lock, which names this process. */
async function killed(name: string) {
  const path = join(folder, name);
  const emulator = createEmulator({ dataFile: path });
  await connect(emulator).post('/accounts', { externalId: 'kept' });
  const [file, log] = [readFileSync(path), readFileSync(`${path}.log`)];
  await emulator.close();
  writeFileSync(path, file);
  writeFileSync(`${path}.log`, log);
  return { path, file, log };
}

async function refusal(...args: string[]): Promise<string> {
  return (await run('--port', '0', ...args)).err;
}

/** The body of the answer to a GET with these headers. */
async function answer(path: string, headers: Record<string, string>): Promise<string> {
  const emulator = await startEmulator();
  const [response] = await once(get(emulator.url + path, { headers }), 'response');
  const body = await text(response);
  await emulator.close();
  return body;
}

/** The functions that provoke the messages, by the headings of the page. */
const provocations: Readonly<Record<string, () => Promise<string[]>>> = {
  'Every call answers 401': async () => {
    const terminal = await run('--port', '0');
    const [base = ''] = /http:\S+/.exec(terminal.out) ?? [];
    await fetch(`${base}/accounts`);
    await until(() => terminal.out.includes(' 401 '));
    return [await answer(`${basePath}/accounts`, {}), terminal.out];
  },
  'The port is in use': async () => {
    const emulator = await startEmulator();
    const { err } = await run('--port', new URL(emulator.url).port);
    await emulator.close();
    return [err];
  },
  'The data file is in use': async () => {
    const path = join(folder, 'locked.json');
    const lock = `${path}.lock`;
    const here = createEmulator({ dataFile: path });
    const own = JSON.parse(readFileSync(lock, 'utf8').slice(0, -12));
    await here.close();
    const lockedBy = (owner: object, beats = 0) => writeFileSync(lock, `${JSON.stringify(owner)} 000000000${beats}\n`);
    // The parent process is another process, and alive.
    const { started: _started, ...alive } = own;
    lockedBy({ ...alive, pid: process.ppid });
    const printed = [await refusal('--data', path)];
    const elsewhere = { ...own, host: '3f2a1b4c5d6e', place: 'elsewhere' };
    lockedBy(elsewhere);
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    jest.spyOn(Atomics, 'wait').mockImplementation(() => {
      lockedBy(elsewhere, 1);
      return 'timed-out';
    });
    printed.push(await refusal('--data', path));
    jest.restoreAllMocks();
    writeFileSync(lock, 'held by Jane');
    return [...printed, await refusal('--data', path)];
  },
  'A data file after a crash': async () => {
    const edited = await killed('edited.json');
    writeFileSync(edited.path, `${edited.file}\n`);
    const missing = await killed('missing.json');
    rmSync(missing.path);
    const damaged = await killed('damaged.json');
    const [head, line, ...rest] = damaged.log.toString().split('\n');
    writeFileSync(`${damaged.path}.log`, [head, line?.replace('kept', 'lost'), line, ...rest].join('\n'));
    const cut = join(folder, 'cut.json');
    writeFileSync(cut, '{"organizations":');
    const latin1 = join(folder, 'latin1.json');
    writeFileSync(latin1, Buffer.from('{"organizations":[{"name":"Zo\u00eb"}]}', 'latin1'));
    const foreign = join(folder, 'foreign.json');
    writeFileSync(`${foreign}.log`, 'words\n');
    const paths = [cut, latin1, edited.path, missing.path, damaged.path, foreign];
    return Promise.all(paths.map((path) => refusal('--data', path)));
  },
  'The data file cannot be written': async () => {
    const path = join(folder, 'unlocked.json');
    const emulator = createEmulator({ dataFile: path, onError: () => undefined });
    rmSync(`${path}.lock`);
    const { text: answered } = await connect(emulator).post('/accounts', { externalId: 'lost' });
    await emulator.close();
    return [await refusal('--data', join(folder, 'nowhere', 'data.json')), answered];
  },
  '/__emulator answers 403': async () => [
    await answer('/__emulator/health', { Host: 'emulator:4600' }),
    await answer('/__emulator/health', { Origin: 'http://localhost:3000' }),
  ],
  ECONNREFUSED: async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    return [await fetch(url).then(String, ({ cause }) => messageOf(cause))];
  },
  'A client does not trust the certificate': async () => {
    const emulator = await startEmulator({ https: true });
    const refused = await fetch(emulator.url).then(String, ({ cause }) => messageOf(cause));
    await emulator.close();
    return [refused];
  },
  'A fixture that is watched has a mistake': async () => {
    const path = join(folder, 'watched.json');
    writeFileSync(path, '{"organizations": [{"name": "Acme"}]}');
    const terminal = await run('--port', '0', '--fixture', path, '--watch');
    writeFileSync(path, '{"organizations": [{"nmae": "Acme"}]}');
    await until(() => terminal.err !== '');
    return [terminal.err];
  },
  'The emulator is not listening': async () => {
    try {
      return [createEmulator().baseUrl];
    } catch (error) {
      return [messageOf(error)];
    }
  },
  'The emulator has been closed': async () => {
    const emulator = createEmulator();
    await emulator.close();
    return [await emulator.listen().then(String, messageOf)];
  },
  'The platform has no such path': async () => {
    try {
      return [String(createEmulator().faults.add({ path: '/acounts', status: 503 }))];
    } catch (error) {
      return [messageOf(error)];
    }
  },
  'A stub fails': async () => {
    const emulator = createEmulator({ onError: () => undefined });
    const forgotten = () => undefined;
    emulator.stubs.add({ method: 'POST', path: '/instances', respond: forgotten as never });
    const { text: answered } = await connect(emulator).post('/instances', {});
    return [answered];
  },
  'A request does not match': async () => {
    const terminal = await run('--port', '0');
    const [base = ''] = /http:\S+/.exec(terminal.out) ?? [];
    await fetch(`${new URL(base).origin}/accounts`);
    await until(() => terminal.out.includes(' 404 '));
    return [terminal.out];
  },
};

/** The messages of the page by their headings. */
const messages = new Map<string, string[]>();
const lines = readFileSync(join(root, page), 'utf8').split('\n');
for (const { language, text: message, line } of blocksOf(page)) {
  const heading = lines.slice(0, line).findLast((each) => each.startsWith('## '));
  const name = heading?.slice(3) ?? '';
  if (language === 'log') messages.set(name, [...(messages.get(name) ?? []), message.trim()]);
}

test('a test provokes the message of every section', () => {
  expect([...messages.keys()]).toEqual(Object.keys(provocations));
});

test.each([...messages])('%s', async (heading, expected) => {
  const printed = (await provocations[heading]?.()) ?? [];
  expect(printed).toHaveLength(expected.length);
  for (const [index, message] of expected.entries()) {
    const found = printed[index]?.split('\n').find((line) => isIn(line, message));
    if (found === undefined) throw new Error(`${message}\nis not what was printed: ${printed[index]}`);
  }
});

test('an emulator starts with the saved changes after a kill', async () => {
  const { path, log } = await killed('crashed.json');
  writeFileSync(`${path}.log`, Buffer.concat([log, Buffer.from('{"n":2,"chan')]));
  const emulator = createEmulator({ dataFile: path });
  const { body } = await connect(emulator).get("/accounts?where=externalId='kept'");
  await emulator.close();
  expect(body).toHaveLength(1);
});
