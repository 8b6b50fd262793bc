// Tells the bench of the memory of this process, where it was started to be asked (with --expose-gc).

import { PerformanceObserver } from 'node:perf_hooks';

export function answerProbes() {
  if (process.send === undefined) return;
  let collections = [];
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) collections.push(startTime);
  }).observe({ entryTypes: ['gc'] });
  let since = 0;

  process.on('message', async (what) => {
    // Twice: what the first run frees can keep more alive until the second.
    if (what === 'kept') for (let run = 0; run < 2; run++) await collect();
    const asked = performance.now();
    const { heapUsed, external } = process.memoryUsage();
    // The observer hears of a collection a little later.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const meanwhile = collections.filter((at) => at > since && at < asked).length;
    collections = [];
    since = asked;
    process.send({ bytes: heapUsed + external, collections: meanwhile });
  });
  process.on('disconnect', () => process.exit());
}

async function collect() {
  globalThis.gc();
  await new Promise((resolve) => setImmediate(resolve));
}
