// Resets and restores.

import { runScript } from '../lib/scripts.js';
import { summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { serverFile } from '../subjects/files.js';

const sizes = [1_000, 100_000];

/** @type {import('../run.js').Measurement} */
export const snapshots = {
  name: 'snapshots',
  async run({ dist, rounds, folder }) {
    const results = [];
    const rows = [];
    for (const users of sizes) {
      const setting = JSON.stringify({ dist, users, count: users > 10_000 ? Math.min(rounds, 5) : rounds * 5 });
      const found = await runScript(['--expose-gc', serverFile('snapshots'), setting], { cwd: folder });
      for (const [name, { alone, first, ordinary }] of Object.entries(found)) {
        const withWrite = alone.map((millis, at) => millis + Math.max(0, first[at] - ordinary[at]));
        if (name !== 'restore of a copy') {
          results.push({ id: `${name}-${users}`, ...summary(alone) });
          results.push({ id: `${name}-write-${users}`, ...summary(withWrite) });
        }
        const cells = [alone, first, ordinary].map((millis) => spread(summary(millis)));
        rows.push([`${name}, ${users.toLocaleString('en-US')} users`, ...cells]);
      }
    }
    const head = ['', 'ms', 'the first POST after it (ms)', 'another POST (ms)'];
    const note =
      'In one process, by method calls; the POSTs go over HTTP. Users were created before each of them. ' +
      'A copy is the snapshot parsed from JSON again, as from a file.';
    return { results, tables: [{ title: 'reset() and restore(snapshot)', head, rows, note }] };
  },
};
