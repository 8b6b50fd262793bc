import { existsSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeFixture } from '../../src/fixtures/write-fixture.ts';
import { createEmulator, type Fixture } from '../../src/index.ts';
import { open } from '../../src/persistence/index.ts';
import type { State } from '../../src/state/state.ts';
import { fixture, send } from '../durability/changes.ts';
import { Disk } from '../durability/disk.ts';
import { useFolder } from '../durability/processes.ts';
import { build, kept } from '../support/kept.ts';

/** What one flush keeps, or takes back: all that was changed in a few turns of the event loop. */

const folder = useFolder('flushes');
const disks: Disk[] = [];
afterEach(() => {
  jest.useRealTimers();
  for (const disk of disks.splice(0)) disk.restore();
});

function opened() {
  const place = mkdtempSync(join(folder, 'place-'));
  const dataFile = join(place, 'data.json');
  const disk = new Disk(dataFile);
  disks.push(disk);
  const persistence = open({ dataFile, initial: build(fixture).state, build, onError: fail, onWait: fail });
  const rename = (name: string) => {
    const [organization] = persistence.state.organizations.values();
    if (organization !== undefined) persistence.state.organizations.put({ ...organization, name });
    return persistence.keep();
  };
  const lines = () => readFileSync(`${dataFile}.log`, 'utf8').split('\n').length - 1;
  return { place, dataFile, disk, persistence, rename, lines };
}

function fail(problem: unknown): never {
  throw problem;
}

const nameIn = ({ organizations }: Pick<Fixture, 'organizations'>) => organizations[0]?.name;
const nameOf = (state: State) => nameIn(writeFixture(state));
const outcomes = async (...kept: (Promise<void> | undefined)[]) =>
  (await Promise.allSettled(kept)).map(({ status }) => status);

test.each([false, true])(
  'changes of one turn of the event loop share a line of the log; fake timers: %s',
  async (isFake) => {
    if (isFake) jest.useFakeTimers();
    const { dataFile, persistence, rename, lines } = opened();
    const together = [rename('a'), rename('b'), rename('c')];
    expect(existsSync(`${dataFile}.log`)).toBe(false);
    await Promise.all(together);
    expect([lines(), nameIn(kept(dataFile))]).toEqual([2, 'c']);
    await rename('d');
    expect(lines()).toBe(3);
    await persistence.close();
  },
);

test('changes of the following turns share the line too, so that new connections wait for no flush', async () => {
  const { dataFile, persistence, rename, lines } = opened();
  const together: (Promise<void> | undefined)[] = [];
  for (let turn = 0; turn < 20; turn++) {
    together.push(rename(`turn ${turn}`));
    await setImmediate();
  }
  expect(existsSync(`${dataFile}.log`)).toBe(false);
  await Promise.all(together);
  expect([lines(), nameIn(kept(dataFile))]).toEqual([2, 'turn 19']);
  await persistence.close();
});

test('changes of one turn fail together, and changes of the next turn are saved', async () => {
  const { dataFile, disk, persistence, rename } = opened();
  await rename('before');
  disk.fail({ step: 'sync log', code: 'EIO', times: 1 });
  expect(await outcomes(rename('a'), rename('b'))).toEqual(['rejected', 'rejected']);
  expect([nameOf(persistence.state), nameIn(kept(dataFile))]).toEqual(['before', 'before']);
  // Also by those who come the moment that one ends.
  disk.fail({ step: 'append', code: 'EIO', times: 1 });
  const late = rename('c')?.catch(() => rename('d'));
  expect(await outcomes(late)).toEqual(['fulfilled']);
  expect([nameOf(persistence.state), nameIn(kept(dataFile))]).toEqual(['d', 'd']);
  await persistence.close();
});

test('changes of the same records in one flush are undone latest first, with the indexes', async () => {
  const { dataFile, disk, persistence } = opened();
  const { state } = persistence;
  const [before, onDisk] = [JSON.stringify(writeFixture(state)), kept(dataFile)];
  disk.fail({ step: 'sync draft', code: 'ENOSPC', times: 1 });
  const change = (id: number, email: string) => {
    const user = state.users.get(id);
    if (user !== undefined) state.users.put({ ...user, email });
    return persistence.keep();
  };
  // The email of one becomes that of another, and comes back to a third.
  const all = [
    change(1101, 'free@here.example'),
    change(1100, 'user@here.example'),
    change(1200, 'admin@here.example'),
    change(1100, 'second@here.example'),
  ];
  state.deleteUser(1101);
  state.nextId('user');
  expect(await outcomes(...all, persistence.keep())).toEqual(Array(5).fill('rejected'));
  expect(JSON.stringify(writeFixture(state))).toBe(before);
  expect(kept(dataFile)).toEqual(onDisk);
  expect(state.users.find('email', 'user@here.example')?.id).toBe(1101);
  expect(state.users.find('email', 'admin@here.example')?.id).toBe(1100);
  expect(state.users.find('email', 'free@here.example')).toBeUndefined();
  expect(state.isSecret('token-of-1101')).toBe(true);
  await persistence.close();
});

test('changes without the folder fail, and changes after its return are saved', async () => {
  const { place, persistence, rename } = opened();
  renameSync(place, `${place}-away`);
  await expect(rename('lost')).rejects.toThrow('its lock is gone');
  renameSync(`${place}-away`, place);
  expect(nameOf(persistence.state)).toBe('Ten');
  await rename('on');
  await persistence.close();
});

test('an unchanged state is not written', async () => {
  const { dataFile, disk, persistence } = opened();
  disk.seen.length = 0;
  await Promise.all([persistence.keep(), persistence.keep()]);
  expect(disk.seen).toEqual([]);
  expect(existsSync(`${dataFile}.log`)).toBe(false);
});

describe('a change and, in the same turn,', () => {
  test('another state: the change is dropped with its state', async () => {
    const { dataFile, persistence, rename } = opened();
    const other = persistence.state.fork();
    const change = rename('gone');
    await persistence.replace(other);
    expect(await outcomes(change)).toEqual(['fulfilled']);
    expect([nameOf(persistence.state), nameIn(kept(dataFile))]).toEqual(['Ten', 'Ten']);
    await rename('on');
    expect(nameIn(kept(dataFile))).toBe('on');
    await persistence.close();
  });

  test('another state that cannot be saved: the change is saved', async () => {
    const { dataFile, disk, persistence, rename } = opened();
    const other = persistence.state.fork();
    const change = rename('stays');
    disk.fail({ step: 'rename', code: 'EIO', times: 1 });
    await expect(persistence.replace(other)).rejects.toThrow('EIO');
    expect(await outcomes(change)).toEqual(['fulfilled']);
    expect([nameOf(persistence.state), nameIn(kept(dataFile))]).toEqual(['stays', 'stays']);
    await persistence.close();
  });

  test.each([undefined, 'sync draft' as const])(
    'close(): the change is saved or refused (failing: %s)',
    async (step) => {
      const { dataFile, disk, persistence, rename } = opened();
      if (step !== undefined) disk.fail({ step, code: 'EIO', times: 1 });
      const change = rename('last');
      const outcome = step === undefined ? 'fulfilled' : 'rejected';
      expect(await outcomes(change, persistence.close())).toEqual([outcome, outcome]);
      expect(nameIn(JSON.parse(readFileSync(dataFile, 'utf8')))).toBe(step === undefined ? 'last' : 'Ten');
      expect(existsSync(`${dataFile}.lock`)).toBe(false);
      // Nothing after that.
      await expect(rename('late')).rejects.toThrow('its lock is gone');
    },
  );
});

test('a reset under way while the emulator closes is on disk or refused', async () => {
  const dataFile = join(mkdtempSync(join(folder, 'closed-')), 'data.json');
  const emulator = createEmulator({ fixture, dataFile, seed: 'closed' });
  const start = nameIn(kept(dataFile));
  await send(emulator, 'put', '/organizations/me', { name: 'Renamed' });
  const reset = emulator.reset().then(
    () => true,
    () => false,
  );
  await emulator.close();
  expect(nameIn(kept(dataFile))).toBe((await reset) ? start : 'Renamed');
});
