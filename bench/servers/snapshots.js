// Resets and restores repeatedly, and prints how long each took, and how long the next write took.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fixture } from '../data.js';
import { connect, send } from '../lib/load.js';
import { platformCalls } from '../subjects/platform-calls.js';

const { dist, users, count } = JSON.parse(process.argv[2]);
const { startEmulator } = createRequire(import.meta.url)(join(dist, 'index.cjs'));

const emulator = await startEmulator({ seed: 1, fixture: fixture(users) });
const pool = connect(emulator.url, 1);
let number = 0;

async function post() {
  const at = performance.now();
  const { status } = await send(pool, platformCalls.create(number++), false);
  if (status !== 200) throw new Error(`A POST was answered ${status}.`);
  return performance.now() - at;
}

const snapshot = emulator.snapshot();
const text = JSON.stringify(snapshot);
let copy;
const ways = {
  reset: () => emulator.reset(),
  restore: () => emulator.restore(snapshot),
  // As from a file: the emulator cannot use what it remembers of the snapshot object.
  'restore of a copy': () => emulator.restore(copy),
};
const found = {};
for (const [name, go] of Object.entries(ways)) {
  found[name] = { alone: [], first: [], ordinary: [] };
  const copies = name === 'restore of a copy';
  const warmUp = copies ? 1 : 3;
  for (let round = -warmUp; round < (copies ? Math.min(count, 3) : count); round++) {
    await post();
    // Collect the garbage of the earlier round before this one; code that is collected with it is then missing in both
    // of the compared writes.
    globalThis.gc();
    const ordinary = await post();
    if (copies) copy = JSON.parse(text);
    globalThis.gc();
    const at = performance.now();
    await go();
    const alone = performance.now() - at;
    const first = await post();
    if (round < 0) continue;
    found[name].alone.push(alone);
    found[name].first.push(first);
    found[name].ordinary.push(ordinary);
  }
}
await pool.destroy();
await emulator.close();
console.log(JSON.stringify(found));
