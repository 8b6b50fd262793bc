// Reports the memory of this process to the benchmark, if it was started for that (with --expose-gc).

import { PerformanceObserver } from 'node:perf_hooks';

export function answerProbes() {
  if (process.send === undefined) return;
  let collections = [];
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) collections.push(startTime);
  }).observe({ entryTypes: ['gc'] });
  let since = 0;

  process.on('message', async (what) => {
    // Twice, because objects that the first collection frees can keep others alive until the second.
    if (what === 'kept') for (let run = 0; run < 2; run++) await collect();
    const asked = performance.now();
    const { heapUsed, external } = process.memoryUsage();
    // The observer gets collections with a delay.
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
