import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../src/index.ts';
import { until } from '../support/until.ts';
import { bundle, Child, useFolder } from './processes.ts';

const folder = useFolder('lock');
const children = new Set<Child>();
let index = '';
beforeAll(() => {
  index = bundle(folder).index;
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

function child(): Child {
  const started = new Child(index);
  children.add(started);
  return started;
}

const own = { pid: process.pid, host: hostname() };

describe('between processes', () => {
  test('the second is refused and told who has it; a killed owner has it no more', async () => {
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

  test('a killed owner whom nobody has waited for is dead as well', async () => {
    if (process.platform !== 'linux') return;
    const { dataFile, lock } = place();
    // As in a container without an init process: the shell's place is taken by one that waits for no child.
    const zombie = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = await once(zombie.stdout, 'data');
      const pid = Number(line);
      const started = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
      writeFileSync(lock, JSON.stringify({ pid, host: hostname(), started }));
      expect(() => createEmulator({ dataFile })).toThrow(`in use by process ${pid}`);
      process.kill(pid, 'SIGKILL');
      await until(() => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
      expect(() => createEmulator({ dataFile })).not.toThrow();
    } finally {
      zombie.kill('SIGKILL');
    }
  });

  test('of those who race for a dead lock, or for none, exactly one wins', async () => {
    const racing = Array.from({ length: 4 }, child);
    await Promise.all(racing.map((racer) => racer.loaded()));
    for (let race = 0; race < 40; race++) {
      const { dataFile, lock, names } = place();
      if (race % 2 === 0) writeFileSync(lock, race % 4 === 0 ? '' : JSON.stringify({ ...own, started: '1' }));
      const outcomes = await Promise.all(racing.map((racer) => racer.start({ dataFile })));
      const winners = racing.filter((_racer, n) => typeof outcomes[n] !== 'string');
      expect([race, winners.length]).toEqual([race, 1]);
      for (const outcome of outcomes.filter((each) => typeof each === 'string')) {
        expect(outcome).toMatch(/: (the data file is in use by process \d+: |another emulator was just about to use )/);
      }
      expect(JSON.parse(readFileSync(lock, 'utf8')).pid).toBe(winners[0]?.process.pid);
      expect(names()).toEqual(['data.json', 'data.json.lock']);
    }
  });
});
