// The cost of creating and closing an emulator, once the package is loaded.

import { runScript } from '../lib/scripts.js';
import { summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { serverFile } from '../subjects/files.js';

/** @type {import('../run.js').Measurement} */
export const lifecycle = {
  name: 'lifecycle',
  async run({ dist, rounds, folder }) {
    const setting = JSON.stringify({ dist, count: 40 * rounds });
    const { emulator, express } = await runScript([serverFile('lifecycle'), setting], { cwd: folder });
    const over = summary(emulator.map((millis, at) => millis - express[at]));
    const { low, high } = middle(emulator.map((millis, at) => millis - express[at]));
    const rows = [
      ['this emulator (default fixture)', spread(summary(emulator))],
      ['bare Express', spread(summary(express))],
    ];
    return {
      // A single slow socket among hundreds means nothing, so the spread is that of the middle half.
      results: [{ id: 'lifecycle', ...over, min: low, max: high, detail: 'spread: middle half' }],
      tables: [{ title: 'create, listen and close, in one process', head: ['subject', 'ms'], rows }],
    };
  },
};

function middle(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return { low: sorted[sorted.length >> 2], high: sorted[(sorted.length * 3) >> 2] };
}
