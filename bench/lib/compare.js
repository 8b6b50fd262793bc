// Interleaved samples: every round measures every contestant, in a rotating order, so that other load on the machine
// affects all of them.

import { cpuSeconds } from './cpu.js';
import { load } from './load.js';
import { rotated } from './statistics.js';

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {{ pid: number, origin: string }} server
 * @property {(number: number) => import('./load.js').Call & { fits: (body: any) => boolean }} call
 *   The request of that number; each number is used once.
 * @property {() => Promise<void>} [prepare] Runs before every sample, unmeasured.
 *
 * @typedef {{ cpu: number[], rate: number[], longest: number[] }} Samples
 *   CPU microseconds per request, requests per second, and the longest wait in milliseconds, by round.
 */

/** Seconds of CPU: the kernel counts in hundredths, and many short samples are better than few long ones. */
const cpuPerSample = 0.2;
const maxPerSample = 50_000;

/**
 * @param {Contestant[]} contestants
 * @param {{ rounds: number, connections: number, warmUpSeconds: number }} options
 * @returns {Promise<Map<string, Samples>>}
 */
export async function compare(contestants, { rounds, connections, warmUpSeconds }) {
  const plans = new Map();
  for (const contestant of contestants) {
    plans.set(contestant.name, await warmUp(contestant, { connections, warmUpSeconds }));
  }
  const samples = new Map(contestants.map(({ name }) => [name, { cpu: [], rate: [], longest: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const contestant of rotated(contestants, round)) {
      const plan = plans.get(contestant.name);
      await contestant.prepare?.();
      const sample = await measure(contestant, { connections, count: plan.count, from: plan.next });
      plan.next += plan.count;
      const kept = samples.get(contestant.name);
      for (const figure of ['cpu', 'rate', 'longest']) kept[figure].push(sample[figure]);
    }
  }
  return samples;
}

/** Lets the server compile its code, and finds the number of requests for a sample. */
async function warmUp(contestant, { connections, warmUpSeconds }) {
  const first = await measure(contestant, { connections, count: 100_000, from: 0, millis: warmUpSeconds * 700 });
  // The second part measures the speed of the warm server.
  const second = await measure(contestant, {
    connections,
    count: 100_000,
    from: first.count,
    millis: warmUpSeconds * 300,
  });
  const wanted = Math.ceil((cpuPerSample * 1e6) / Math.max(second.cpu, 10));
  return { count: Math.min(Math.max(wanted, connections), maxPerSample), next: first.count + second.count };
}

async function measure({ name, server, call }, { connections, count, from, millis }) {
  const before = cpuSeconds(server.pid);
  const done = await load(server.origin, { connections, count, millis, call: (number) => call(from + number) });
  const cpu = cpuSeconds(server.pid) - before;
  if (done.count > 0 && !call(from).fits(JSON.parse(done.first))) {
    throw new Error(`${name} gave an unexpected answer: ${done.first.slice(0, 300)}`);
  }
  return { cpu: (cpu * 1e6) / done.count, rate: done.count / done.seconds, longest: done.longest, count: done.count };
}
