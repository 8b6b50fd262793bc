// Lists of users that were in no list before, as most lists of a test suite are; requests.js lists the same users again
// and again.

import { cpuSeconds } from '../lib/cpu.js';
import { load } from '../lib/load.js';
import { withServers } from '../lib/serve.js';
import { ratios, rotated, summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { emulator } from '../subjects/emulator.js';
import { express } from '../subjects/express.js';
import { platformCalls } from '../subjects/platform-calls.js';

const users = 100_000;
const pageSize = 200;
const subjects = [emulator, express];

/** @type {import('../run.js').Measurement} */
export const firstLists = {
  name: 'first-lists',
  async run(context) {
    const samples = new Map(subjects.map(({ name }) => [name, []]));
    for (let round = 0; round < Math.min(context.rounds, 3); round++) {
      await withServers(subjects, context, { users }, async (servers) => {
        // The first half of the pages is the warm-up.
        for (const { name } of subjects) await pages(servers.get(name), 0);
        for (const { name } of rotated(subjects, round)) samples.get(name).push(await pages(servers.get(name), 1));
      });
    }
    const base = samples.get('express');
    const rows = subjects.map(({ name, title }) => [
      title,
      spread(summary(samples.get(name))),
      spread(summary(ratios(samples.get(name), base))),
    ]);
    const head = ['subject', 'CPU per request (µs)', 'over bare Express'];
    const first = summary(ratios(samples.get('emulator'), base));
    return {
      results: [{ id: 'first-list', ...first }],
      tables: [{ title: 'list 200 of 100,000 users, each user for the first time', head, rows }],
    };
  },
};

/** CPU microseconds per request for one half of the pages. */
async function pages({ pid, origin }, half) {
  const count = users / pageSize / 2;
  const { path, ...list } = platformCalls.list();
  const before = cpuSeconds(pid);
  await load(origin, {
    connections: 10,
    count,
    call: (number) => ({ ...list, path: `${path}&offset=${(half * count + number) * pageSize}` }),
  });
  return ((cpuSeconds(pid) - before) * 1e6) / count;
}
