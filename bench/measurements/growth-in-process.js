// The cost of changes to many users, of a page of them, and of a question to a long journal, in a process of its own:
// each with a smaller and a larger number of users or requests.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ratios, summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';

const probe = fileURLToPath(new URL('./growth-probe.cjs', import.meta.url));

/** `isTotal`: the cost grows with the number, and its share for each is compared. */
const kinds = [
  {
    id: 'growth-permanent',
    title: 'PATCH /accounts/{id}?permanent=true, per user',
    sizes: [5000, 40_000],
    isTotal: true,
  },
  {
    id: 'growth-deactivate',
    title: 'PATCH /accounts/{id}, active: false, per user',
    sizes: [5000, 40_000],
    isTotal: true,
  },
  { id: 'growth-page', title: 'a page of /__emulator/users', sizes: [1000, 100_000] },
  { id: 'growth-last', title: 'requests.last(pattern)', sizes: [100, 10_000] },
];

/** @type {import('../run.js').Measurement} */
export const growthInProcess = {
  name: 'growth-in-process',
  async run({ dist, rounds, log }) {
    const results = [];
    const rows = [];
    for (const { id, title, sizes, isTotal = false } of kinds) {
      const samples = sizes.map(() => []);
      for (let round = 0; round < rounds; round += 1) {
        for (const [at, size] of sizes.entries()) {
          const setting = JSON.stringify({ index: join(dist, 'index.cjs'), kind: id, size });
          const microseconds = Number(execFileSync(process.execPath, [probe, setting], { encoding: 'utf8' }));
          samples[at].push(isTotal ? microseconds / size : microseconds);
        }
      }
      const [few, many] = samples;
      const ratio = summary(ratios(many, few));
      results.push({ id, ...ratio });
      rows.push([title, sizes.join(', '), spread(summary(few)), spread(summary(many)), spread(ratio)]);
      log(`${title}: ${spread(ratio)} of the cost with ${sizes[0]}`);
    }
    const head = ['call', 'sizes', 'CPU (µs), the smaller', 'the larger', 'ratio'];
    return { results, tables: [{ title: 'Growth, in the process', head, rows }] };
  },
};
