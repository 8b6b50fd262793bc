import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import documentation from '../../fixtures/documentation.json' with { type: 'json' };
import { createEmulator, type Fixture } from '../../src/index.ts';
import { kept } from '../support/kept.ts';
import { read } from './crash-model.ts';
import { Counts, Writer } from './crash-writer.ts';
import { bundle, Child, randomNumbers, seed, useFolder, writeFigures } from './processes.ts';

/** How many processes are killed; more with DURABILITY_ROUNDS=n. */
const rounds = Number(process.env.DURABILITY_ROUNDS ?? 100);
const lanes = 2;
const writersOfLane = 8;
/** After this many rounds a new, small file is begun. */
const roundsOfFile = 25;

const folder = useFolder('crash');
const counts = new Counts();
const wrong: string[] = [];
const children = new Set<Child>();
afterAll(() => Promise.all([...children].map((child) => child.kill())));

/** The documents' organization, with accounts of the writers: enough for a write to take its time. */
const fixture: Fixture = {
  ...documentation,
  version: 1,
  organizations: documentation.organizations.map((organization, index) => ({
    ...organization,
    accounts: [...organization.accounts, ...(index === 0 ? crowd() : [])],
  })) as Fixture['organizations'],
};

function crowd() {
  return Array.from({ length: writersOfLane * 6 }, (_, n) => {
    const externalId = `writer-${n % writersOfLane}-first-${n}`;
    const users = Array.from({ length: 4 }, (_user, m) => ({
      ...{ id: 910_000 + 4 * n + m, email: `user-${m}@${externalId}.example`, password: 'Pw!0' },
      ...{ firstName: 'first', lastName: 'first', city: 'first', phone: 'first' },
    }));
    return { id: 900_000 + n, externalId, users };
  });
}

function start(index: string): Child {
  const child = new Child(index);
  children.add(child);
  return child;
}

/** One file after the other, on each one process after the other, each with a dead owner's lock to take over. */
async function runLane(lane: number, index: string, count: number): Promise<void> {
  const random = randomNumbers(seed + lane);
  let standby = start(index);
  let writers: Writer[] = [];
  let rest: string | undefined;
  for (let round = 0; round < count; round++) {
    if (round % roundsOfFile === 0) {
      rest = undefined;
      const ids = new Set<string>();
      writers = Array.from({ length: writersOfLane }, (_, n) => {
        const own = randomNumbers(seed + lane * 1e6 + round * 1e3 + n);
        return new Writer(`${n}`, own, ids, counts);
      });
      const first = read(createEmulator({ fixture, seed: 'crash' }).snapshot());
      for (const writer of writers) writer.adopt(first.accounts);
    }
    const place = join(folder, `${lane}-${Math.floor(round / roundsOfFile)}`);
    const dataFile = join(place, 'data.json');
    mkdirSync(place, { recursive: true });
    const child = standby;
    const { url, authorization } = await child.place({ dataFile, fixture, seed: 'crash' });
    const leftBefore = temporaryFiles(place);
    const agent = new Agent({ keepAlive: true, maxSockets: writersOfLane });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const writing = Promise.all(writers.map((writer) => writer.run({ url, authorization }, agent, begin)));
    // A new process answers slowly at first; some processes are killed before their first answer.
    if (round % 10 !== 9) await Promise.race([begun, writing]);
    await Promise.race([sleep(5 + random() * 115), writing]);
    await child.kill();
    children.delete(child);
    // The next process loads while the file is checked.
    if (round + 1 < count) standby = start(index);
    await writing;
    agent.destroy();

    counts.rounds += 1;
    if (temporaryFiles(place) > leftBefore) counts.hitWrites += 1;
    const log = existsSync(`${dataFile}.log`) ? readFileSync(`${dataFile}.log`, 'utf8') : '';
    if (log !== '') counts.leftLogs += 1;
    if (/^\{"n":\d+,"of":/m.test(log)) counts.hitMarks += 1;
    const where = `lane ${lane}, round ${round}`;
    const found = read(readFile(dataFile));
    if (rest !== undefined && found.rest !== rest) wrong.push(`${where}: what nobody wrote has changed`);
    rest = found.rest;
    for (const writer of writers) wrong.push(...writer.check(found.accounts).map((text) => `${where}: ${text}`));
  }
}

function temporaryFiles(place: string): number {
  return readdirSync(place).filter((name) => /^data\.json(\.log)?\.[\da-f-]{36}\.tmp$/.test(name)).length;
}

/** Reads a file with its log, which must be valid and readable only for the owner. */
function readFile(dataFile: string): Fixture {
  for (const file of [dataFile, `${dataFile}.log`].filter(existsSync)) expect(statSync(file).mode & 0o777).toBe(0o600);
  return kept(dataFile);
}

const patience = 60_000 + rounds * 5_000;

test(
  `${rounds} kills under concurrent writers lose no acknowledged change and leave no change incomplete`,
  async () => {
    // One lane rewrites the file all the time, the other one as often as for users.
    const bundles = [bundle(mkdtempSync(join(folder, 'eager-')), 'eager'), bundle(folder)];
    const share = Array.from({ length: lanes }, (_, lane) => Math.floor((rounds + lane) / lanes));
    await Promise.all(share.map((count, lane) => runLane(lane, bundles[lane % 2]?.index ?? '', count)));
    writeFigures('crash', { seed, ...counts });
    // The failure prints the seed; DURABILITY_SEED sets it.
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    expect(counts).toMatchObject({ rounds, lost: 0, half: 0, givenTwice: 0 });
    // Otherwise nothing was tested.
    expect(counts.acknowledged).toBeGreaterThan(rounds * 2);
    expect(counts.inFlight).toBeGreaterThan(rounds);
    expect(counts.leftLogs).toBeGreaterThan(rounds / 4);
    expect(counts.hitWrites + counts.hitMarks).toBeGreaterThan(rounds / 20);
  },
  patience,
);
