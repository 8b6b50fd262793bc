// The memory of stored users.

import { createdDate, fixture, idOf, listed, user } from '../data.js';
import { load } from '../lib/load.js';
import { serve } from '../lib/serve.js';
import { summary } from '../lib/statistics.js';
import { figure, spread } from '../lib/table.js';
import { emulator } from '../subjects/emulator.js';
import { listAll } from '../subjects/platform-calls.js';

const users = 100_000;

/** @type {import('../run.js').Measurement} */
export const memory = {
  name: 'memory',
  async run(context) {
    const rounds = context.short ? 1 : Math.min(context.rounds, 3);
    const stored = [];
    const read = [];
    for (let round = 0; round < rounds; round++) {
      // The benchmark needs one user to see that the server answers.
      const [few, many] = [await kept(context, 1), await kept(context, users)];
      stored.push((many.stored - few.stored) / (users - 1));
      read.push((many.read - few.read) / (users - 1));
    }
    const inLists = bytesPerUser((index) => listed(idOf(index), createdDate, user(index)));
    const length = JSON.stringify(fixture(users)).length - JSON.stringify(fixture(0)).length;
    const inFixture = length / users;
    const over = (samples, bytes) => summary(samples.map((each) => each / bytes));
    const detail = `${figure(over(read, inFixture).median)} over that of the fixture`;
    const row = (title, samples) => [
      title,
      spread(summary(samples)),
      spread(over(samples, inLists)),
      spread(over(samples, inFixture)),
    ];
    return {
      results: [
        { id: 'memory', ...over(read, inLists), detail },
        { id: 'memory-listed', ...summary(read) },
      ],
      tables: [
        {
          title: 'Memory of 100,000 users',
          head: ['', 'bytes per user', 'over their JSON in lists', 'over their JSON in the fixture'],
          rows: [row('started with them', stored), row('after a list of each', read)],
          note:
            `Heap and external memory after a garbage collection, minus that with one user. The JSON is ${figure(inLists)} bytes ` +
            `per user in lists, and ${figure(inFixture)} in the fixture, which has only names, email, id and date.`,
        },
      ],
    };
  },
};

/** Bytes before and after a list of all users. */
async function kept(context, count) {
  const server = await serve(emulator, context, { users: count, flags: ['--expose-gc'], probed: true });
  try {
    const { bytes: stored } = await server.ask('kept');
    await load(server.origin, { connections: 1, ...listAll(count) });
    const { bytes: read } = await server.ask('kept');
    return { stored, read };
  } finally {
    await server.stop();
  }
}

function bytesPerUser(bodyOf) {
  let bytes = 0;
  for (let index = 0; index < users; index++) bytes += Buffer.byteLength(JSON.stringify(bodyOf(index)));
  return bytes / users;
}
