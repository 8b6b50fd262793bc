import { mkdtempSync, readFileSync } from 'node:fs';
import { Agent, createServer } from 'node:http';
import { join } from 'node:path';
import { listen } from '../../src/http/server.ts';
import { createEmulator, type Fixture } from '../../src/index.ts';
import type { Answer } from './crash-model.ts';
import { send } from './crash-writer.ts';
import { Disk } from './disk.ts';
import { randomNumbers, seed, useFolder, writeFigures } from './processes.ts';

const folder = useFolder('starvation');
const writers = 50;
const seconds = Number(process.env.DURABILITY_SECONDS ?? 3);

const fixture: Fixture = {
  organizations: [
    {
      name: 'Crowded',
      accounts: [
        { id: 1, defaultAccount: true, users: [{ id: 1, email: 'admin@crowd.example' }] },
        { id: 2, users: Array.from({ length: 200 }, (_, n) => ({ id: 100 + n, email: `user-${n}@crowd.example` })) },
      ],
    },
  ],
};

/** The flushes and the time that one request waited for. */
interface Wait {
  readonly milliseconds: number;
  /** Flushes between the arrival of the request and its answer. */
  readonly flushes: number;
}

const median = (numbers: readonly number[]) => numbers.toSorted((one, two) => one - two)[numbers.length >> 1] ?? 0;

test(`${writers} steady writers share flushes, and none waits for more than a few`, async () => {
  const dataFile = join(mkdtempSync(join(folder, 'steady-')), 'data.json');
  const disk = new Disk(dataFile);
  const emulator = createEmulator({ fixture, dataFile });

  let ended = 0;
  let began = 0;
  const lengths: number[] = [];
  disk.onStep = (step) => {
    if (step === 'append') began = performance.now();
  };
  disk.onDone = (step) => {
    if (step !== 'sync log') return;
    ended += 1;
    lengths.push(performance.now() - began);
  };
  // From the arrival of the request to its answer.
  const requests: Wait[] = [];
  const server = createServer((request, response) => {
    const [at, before] = [performance.now(), ended];
    response.once('finish', () => requests.push({ milliseconds: performance.now() - at, flushes: ended - before }));
    emulator.app(request, response);
  });
  await listen(server, 0, '127.0.0.1');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { authorization } = emulator.credentials;
  const place = { url: `http://127.0.0.1:${port}/elements/api-v2`, authorization };
  const agent = new Agent({ keepAlive: true, maxSockets: writers });

  const random = randomNumbers(seed);
  const until = performance.now() + seconds * 1000;
  const phones = new Map<number, string>();
  const created: string[] = [];
  const writer = async (name: number) => {
    // However slow the machine is, there is something to count.
    for (let n = 0; performance.now() < until || requests.length < writers * 4; n++) {
      const user = 100 + name + writers * Math.floor(random() * 4);
      const phone = `${name}-${n}`;
      const isNew = random() < 0.05;
      const email = `new-${phone}@crowd.example`;
      const answer: { status: number; body: Answer } | undefined = await send(
        place,
        isNew
          ? {
              method: 'POST',
              path: '/accounts/2/users',
              body: { firstName: 'New', lastName: 'User', email, password: 'Good!Pass1' },
            }
          : { method: 'PATCH', path: `/accounts/2/users/${user}`, body: { phone } },
        agent,
      );
      expect(answer?.status).toBe(200);
      if (isNew) created.push(email);
      else phones.set(user, phone);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, n) => writer(n)));
  agent.destroy();
  server.closeAllConnections();
  server.close();

  const longest = Math.max(...requests.map(({ milliseconds }) => milliseconds));
  const flush = median(lengths);
  writeFigures('starvation', {
    writers,
    seconds,
    users: 201 + created.length,
    requests: requests.length,
    flushes: ended,
    requestsPerFlush: requests.length / ended,
    medianFlushMs: flush,
    longestFlushMs: Math.max(...lengths),
    medianWaitMs: median(requests.map(({ milliseconds }) => milliseconds)),
    longestWaitMs: longest,
    longestWaitInMedianFlushes: longest / flush,
    mostFlushesOfOneRequest: Math.max(...requests.map(({ flushes }) => flushes)),
  });
  // Its own flush, and those that end while its body still arrives.
  expect(Math.max(...requests.map(({ flushes }) => flushes))).toBeLessThanOrEqual(3);
  // Many share one.
  expect(requests.length / ended).toBeGreaterThan(2);

  await emulator.close();
  disk.restore();
  const file: Fixture = JSON.parse(readFileSync(dataFile, 'utf8'));
  const users = file.organizations[0]?.accounts?.flatMap((account) => account.users ?? []) ?? [];
  expect(users.map(({ email }) => email)).toEqual(expect.arrayContaining(created));
  for (const [id, phone] of phones) expect(users.find((user) => user.id === id)?.phone).toBe(phone);
}, 60_000);
