// The memory that a request allocates. The young generation is so large that no garbage collection happens while
// counting, so that the growth of the heap is the allocated memory. This hardly differs from run to run.

import { load } from '../lib/load.js';
import { serve } from '../lib/serve.js';
import { ratios, summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { emulator } from '../subjects/emulator.js';
import { express } from '../subjects/express.js';
import { platformCalls } from '../subjects/platform-calls.js';

const users = 1000;
const flags = ['--expose-gc', '--initial-heap-size=2048', '--min-semi-space-size=256', '--max-semi-space-size=256'];

const kinds = [
  { id: 'allocated-get', title: 'GET one user', count: 1000, call: (number) => platformCalls.one(number % users) },
  { id: 'allocated-list', title: 'list 200 of 1,000 users', count: 50, call: platformCalls.list },
  { id: 'allocated-post', title: 'POST user, in memory', count: 500, call: platformCalls.create },
];

/** @type {import('../run.js').Measurement} */
export const allocations = {
  name: 'allocations',
  async run(context) {
    const subjects = context.short ? [emulator] : [emulator, express];
    const results = [];
    const rows = [];
    const servers = [];
    try {
      for (const subject of subjects) servers.push(await serve(subject, context, { users, flags, probed: true }));
      for (const { id, title, count, call } of kinds) {
        const samples = [];
        for (const server of servers)
          samples.push(await sample(server, { call, count, rounds: Math.min(context.rounds, context.short ? 3 : 5) }));
        const [own, bare] = samples;
        results.push({ id, ...summary(own) });
        if (bare === undefined) continue;
        rows.push([title, spread(summary(own)), spread(summary(bare)), spread(summary(ratios(own, bare)))]);
      }
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
    const head = ['call', 'bytes per request', 'bare Express', 'ratio'];
    return { results, tables: [{ title: 'Bytes allocated', head, rows }] };
  },
};

async function sample(server, { call, count, rounds }) {
  let next = 0;
  const some = async (count) => {
    const from = next;
    next += count;
    await load(server.origin, { connections: 1, count, call: (number) => call(from + number) });
  };
  // Code that is not compiled yet allocates more.
  await some(count * 4);
  const samples = [];
  for (let attempt = 0; samples.length < rounds; attempt++) {
    if (attempt === rounds * 3) throw new Error('The garbage collector ran in every sample.');
    const before = await server.ask('kept');
    await some(count);
    const after = await server.ask('heap');
    if (after.collections === 0) samples.push((after.bytes - before.bytes) / count);
  }
  return samples;
}
