import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEmulator, type Fixture } from '../../src/index.ts';
import { until } from '../support/until.ts';
import { send } from './crash-writer.ts';
import { bundle, Child, hasNamespaces, type Place, randomNumbers, seed, useFolder } from './processes.ts';

const folder = useFolder('lock');
const children = new Set<Child>();
let index = '';
/** A package that watches a lock for a shorter time. */
let impatient = '';
beforeAll(() => {
  index = bundle(folder).index;
  impatient = bundle(mkdtempSync(join(folder, 'impatient-')), 'impatient').index;
});
afterEach(async () => {
  await Promise.all([...children].map((child) => child.kill()));
  children.clear();
});

function place() {
  const dataFile = join(mkdtempSync(join(folder, 'place-')), 'data.json');
  const lock = `${dataFile}.lock`;
  const names = () => readdirSync(join(dataFile, '..')).sort();
  return { dataFile, lock, names };
}

function child(which = index, isApart = false): Child {
  const started = new Child(which, isApart);
  children.add(started);
  return started;
}

/** Asks for a new account: the status, and the message of a refusal. */
async function post(place: Place, externalId: string): Promise<[number | undefined, string?]> {
  const answer = await send(place, { method: 'POST', path: '/accounts', body: { externalId } }, new Agent());
  const message = answer?.body.message;
  return message === undefined ? [answer?.status] : [answer?.status, message];
}

const refused = (why: string) => [500, `The change could not be saved in the data file (${why}) and was undone.`];

/** The external ids in a data file that no emulator uses. */
function accountsIn(dataFile: string): (string | undefined)[] {
  const { organizations }: Fixture = JSON.parse(readFileSync(dataFile, 'utf8'));
  return (organizations[0]?.accounts ?? []).map(({ externalId }) => externalId);
}

/** The lock of an emulator that was killed, with changes. */
async function deadLock(change: object = {}): Promise<string> {
  const { dataFile, lock } = place();
  const killed = child();
  await killed.place({ dataFile });
  await killed.kill();
  const text = readFileSync(lock, 'utf8');
  return `${JSON.stringify({ ...JSON.parse(text.slice(0, -12)), ...change })} 0000000000\n`;
}

describe('between processes', () => {
  test('a second emulator is refused with a message that names the owner, and a killed owner loses the lock', async () => {
    const { dataFile, lock, names } = place();
    const first = child();
    const { url, authorization } = await first.place({ dataFile });
    const text = readFileSync(dataFile, 'utf8');
    const message = `${dataFile}: the data file is in use by process ${first.process.pid}: close that one first, or use another file`;
    expect(() => createEmulator({ dataFile })).toThrow(message);
    expect(await child().start({ dataFile })).toBe(message);
    expect(readFileSync(dataFile, 'utf8')).toBe(text);
    expect((await fetch(`${url}/accounts`, { headers: { authorization } })).status).toBe(200);

    await first.kill();
    expect(existsSync(lock)).toBe(true);
    const next = createEmulator({ dataFile });
    expect(await child().start({ dataFile })).toBe(
      `${dataFile}: the data file is in use by process ${process.pid}: close that one first, or use another file`,
    );
    await next.close();
    expect(names()).toEqual(['data.json']);
  });

  test('a killed owner that is still a zombie process loses the lock', async () => {
    if (process.platform !== 'linux') return;
    const { dataFile, lock } = place();
    // As in a container without an init process: a process that waits for no child replaces the shell.
    const zombie = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = await once(zombie.stdout, 'data');
      const pid = Number(line);
      const started = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
      writeFileSync(lock, await deadLock({ pid, started }));
      expect(() => createEmulator({ dataFile })).toThrow(`in use by process ${pid}`);
      process.kill(pid, 'SIGKILL');
      await until(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
      expect(() => createEmulator({ dataFile })).not.toThrow();
    } finally {
      zombie.kill('SIGKILL');
    }
  });

  test('exactly one of two simultaneous starts wins, whatever lock exists', async () => {
    const locks = [undefined, await deadLock(), await deadLock({ place: 'elsewhere' })];
    const racing = [0, 1].map(() => child(impatient));
    await Promise.all(racing.map((racer) => racer.loaded()));
    for (let race = 0; race < 50; race++) {
      const { dataFile, lock, names } = place();
      const found = locks[race % locks.length];
      if (found !== undefined) writeFileSync(lock, found);
      const outcomes = await Promise.all(racing.map((racer) => racer.start({ dataFile })));
      const winners = racing.filter((_racer, n) => typeof outcomes[n] !== 'string');
      expect([race, winners.length]).toEqual([race, 1]);
      for (const outcome of outcomes.filter((each) => typeof each === 'string')) {
        expect(outcome).toMatch(/: the data file is in use by process \d+: close that one first/);
      }
      expect(JSON.parse(readFileSync(lock, 'utf8').slice(0, -12)).pid).toBe(winners[0]?.process.pid);
      expect(names()).toEqual(['data.json', 'data.json.lock']);
    }
  });

  test('a visible stopped owner keeps its lock, and an owner that continues without its lock saves nothing', async () => {
    const { dataFile, lock } = place();
    const first = child();
    const at = await first.place({ dataFile });
    expect(await post(at, 'first')).toEqual([200]);
    first.signal('SIGSTOP');
    expect(await child().start({ dataFile })).toContain(`in use by process ${first.process.pid}`);
    rmSync(lock);
    const second = child();
    expect(await post(await second.place({ dataFile }), 'second')).toEqual([200]);
    await second.close();
    first.signal('SIGCONT');
    expect(await post(at, 'lost')).toEqual(refused('its lock is gone'));
    await first.close();
    expect(accountsIn(dataFile)).toEqual(expect.arrayContaining(['first', 'second']));
    expect(accountsIn(dataFile)).not.toContain('lost');
  });

  test('a read-only folder: changes without a new file are saved, others are refused, and a start gives the reason', async () => {
    const { dataFile } = place();
    const directory = join(dataFile, '..');
    chmodSync(directory, 0o777);
    // If root does not run the tests, the user has no such permission already.
    const nobody = process.getuid?.() === 0 ? 65534 : undefined;
    const start = async () => {
      const started = child();
      const at = await started.start({ dataFile }, nobody);
      if (typeof at === 'string') throw new Error(at);
      return { started, at };
    };
    const { started, at } = await start();
    chmodSync(directory, 0o555);
    expect(await post(at, 'too-early')).toEqual(refused('EACCES'));
    chmodSync(directory, 0o777);
    expect(await post(at, 'one')).toEqual([200]);
    chmodSync(directory, 0o555);
    expect(await post(at, 'two')).toEqual([200]);
    await started.close();
    expect(await child().start({ dataFile }, nobody)).toMatch(
      /the data file cannot be written: user \d+ may not write/,
    );
    chmodSync(directory, 0o777);
    const next = await start();
    await next.started.close();
    expect(accountsIn(dataFile)).toEqual(expect.arrayContaining(['one', 'two']));
    expect(accountsIn(dataFile)).not.toContain('too-early');
    expect(readdirSync(directory)).toEqual(['data.json']);
  });
});

// As two containers with one volume and one host name.
describe('between pid namespaces that each have a process 1', () => {
  const isPossible = hasNamespaces();
  if (!isPossible) process.stderr.write('Skipped: this system makes no namespaces for `unshare`.\n');
  const apart = isPossible ? test : test.skip;
  const inUse = /the data file is in use by process 1 on host '.+': close that one first, or use another file$/;

  apart('a second emulator is refused while the first runs, in any namespace', async () => {
    const { dataFile, names } = place();
    const first = child(index, true);
    const at = await first.place({ dataFile });
    expect(await post(at, 'one')).toEqual([200]);
    expect(await child(index, true).start({ dataFile })).toMatch(inUse);
    expect(await child().start({ dataFile })).toMatch(inUse);
    expect(await post(at, 'two')).toEqual([200]);
    await first.close();
    expect(accountsIn(dataFile)).toEqual(expect.arrayContaining(['one', 'two']));
    expect(names()).toEqual(['data.json']);
    // A process outside of the namespace is not visible from within either.
    const outside = child();
    await outside.place({ dataFile });
    expect(await child(index, true).start({ dataFile })).toMatch(/in use by process \d+ on host/);
  });

  apart('one that was killed is taken over, with all that it had acknowledged', async () => {
    const { dataFile } = place();
    const first = child(index, true);
    const at = await first.place({ dataFile });
    expect(await post(at, 'one')).toEqual([200]);
    await first.kill();
    const second = child(index, true);
    expect(await post(await second.place({ dataFile }), 'two')).toEqual([200]);
    await second.close();
    expect(accountsIn(dataFile)).toEqual(expect.arrayContaining(['one', 'two']));
  });

  apart('one that is stopped while it writes, and wakes after a takeover, keeps nothing; nothing is lost', async () => {
    const { dataFile, names } = place();
    const random = randomNumbers(seed);
    const acknowledged: string[] = [];
    const reasons = new Set<string | undefined>();
    let owner = child(impatient, true);
    let at = await owner.place({ dataFile });
    for (let round = 0; round < 12; round++) {
      let isEnding = false;
      const writing = [0, 1, 2, 3].map(async (writer) => {
        for (let n = 0; !isEnding; n++) {
          const externalId = `${round}-${writer}-${n}`;
          const [status, message] = await post(at, externalId);
          if (status === 200) acknowledged.push(externalId);
          if (status === 500) {
            reasons.add(message);
            return;
          }
        }
      });
      await sleep(100 + random() * 100);
      owner.signal('SIGSTOP');
      const next = child(impatient, true);
      const from = await next.place({ dataFile });
      const before = `${round}-next`;
      expect(await post(from, before)).toEqual([200]);
      acknowledged.push(before);
      owner.signal('SIGCONT');
      await Promise.all(writing);
      isEnding = true;
      expect(await post(from, `${before}-too`)).toEqual([200]);
      acknowledged.push(`${before}-too`);
      await owner.close();
      [owner, at] = [next, from];
    }
    await owner.close();
    // If it was stopped right before it opens the log or checks the file, these are other files now.
    const changed = 'has been changed or replaced by another process';
    const seen = ["its lock is another emulator's", `its log ${changed}`, `the file ${changed}`];
    expect(seen.map((why) => refused(why)[1])).toEqual(expect.arrayContaining([...reasons]));
    expect(reasons).toContain(refused(seen[0] ?? '')[1]);
    expect(acknowledged.length).toBeGreaterThan(36);
    expect(accountsIn(dataFile)).toEqual(expect.arrayContaining(acknowledged));
    expect(names()).toEqual(['data.json']);
  });
});
