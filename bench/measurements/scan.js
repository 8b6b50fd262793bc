// A search without an index, and its effect on other requests.

import { connect, send } from '../lib/load.js';
import { withServers } from '../lib/serve.js';
import { summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { emulator } from '../subjects/emulator.js';
import { platformCalls, where } from '../subjects/platform-calls.js';

const users = 100_000;

const searches = [
  { title: 'one user fits', condition: "firstName LIKE '%99999%'", found: 1 },
  { title: 'all users fit, the first 200 are shown', condition: "lastName LIKE 'last%' AND active=true", found: users },
];

/** @type {import('../run.js').Measurement} */
export const scan = {
  name: 'scan',
  async run(context) {
    return await withServers([emulator], context, { users }, async (servers) => {
      const { origin } = servers.get('emulator');
      const results = [];
      const rows = [];
      for (const search of searches) {
        await once(origin, search);
        const samples = [];
        for (let round = 0; round < context.rounds * 2; round++) samples.push(await once(origin, search));
        const time = summary(samples.map(({ millis }) => millis));
        const wait = summary(samples.map(({ longest }) => longest));
        if (results.length === 0) results.push({ id: 'scan', ...time }, { id: 'scan-others', ...wait });
        rows.push([`\`${search.condition}\` (${search.title})`, spread(time), spread(wait)]);
      }
      const head = ['search', 'time (ms)', 'longest wait of a GET meanwhile (ms)'];
      const note =
        'Meanwhile the benchmark sends a GET of one user every 2 ms, on other connections, and takes the longest wait of each search.';
      return { results, tables: [{ title: 'Searches that scan 100,000 users', head, rows, note }] };
    });
  },
};

/** One search among small requests. */
async function once(origin, { condition, found }) {
  const others = connect(origin, 50);
  const own = connect(origin, 1);
  try {
    let longest = 0;
    const waiting = new Set();
    const ask = async (number) => {
      const at = performance.now();
      const { status } = await send(others, platformCalls.one(number), false);
      if (status !== 200) throw new Error(`A GET during a search was answered ${status}.`);
      longest = Math.max(longest, performance.now() - at);
    };
    // The connections are opened before the search begins.
    await Promise.all(Array.from({ length: 20 }, (_, number) => ask(number)));
    await send(own, platformCalls.one(0), false);
    longest = 0;
    let number = 0;
    const timer = setInterval(() => {
      const asked = ask(number++).finally(() => waiting.delete(asked));
      waiting.add(asked);
    }, 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    longest = 0;
    const at = performance.now();
    const call = where(condition);
    const { status, body } = await send(own, { ...call, path: `${call.path}&pageSize=200` }, true);
    const millis = performance.now() - at;
    clearInterval(timer);
    await Promise.all(waiting);
    const expected = Math.min(found, 200);
    if (status !== 200 || JSON.parse(body).length !== expected)
      throw new Error(`The search answered ${status}: ${body}`);
    return { millis, longest };
  } finally {
    await Promise.all([others.destroy(), own.destroy()]);
  }
}
