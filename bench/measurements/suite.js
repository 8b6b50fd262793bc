// What a test suite costs: the same tests by fetch, in a fresh process each, on this emulator, on mocks that are
// written by hand, and on peers.

import { join } from 'node:path';
import { runScript } from '../lib/scripts.js';
import { ratios, rotated, summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { bench } from '../subjects/files.js';

const own = [
  { name: 'emulator', title: 'this emulator, over a socket' },
  { name: 'intercepted', title: 'this emulator, intercepted' },
  { name: 'express', title: 'bare Express, by hand' },
  { name: 'node-http', title: 'bare node:http, by hand' },
];
const peers = [
  { name: 'msw', title: 'msw, handlers by hand' },
  { name: 'nock', title: 'nock, interceptors by hand' },
  { name: 'json-server', title: 'json-server, in memory' },
  { name: 'emulate', title: 'emulate (okta)' },
];
const sizes = [1, 20, 200];

/** @type {import('../run.js').Measurement} */
export const suite = {
  name: 'suite',
  async run({ short, rounds, dist, folder, subjects }) {
    const compared = short ? own.filter(({ name }) => name !== 'node-http') : own;
    const contestants = [...compared, ...(subjects.some(({ kind }) => kind === 'peer') ? peers : [])];
    const measured = [];
    for (const tests of short ? [20] : sizes) {
      measured.push({
        tests,
        // The bounds of --short are so close to the figures that its few rounds are not enough.
        samples: await sample(contestants, { tests, rounds: short ? Math.ceil(rounds * 1.5) : rounds, dist, folder }),
      });
    }
    return {
      results: measured.flatMap(({ tests, samples }) => resultsOf(tests, samples)),
      tables: measured.map(({ tests, samples }) => tableOf(contestants, tests, samples)),
    };
  },
};

async function sample(contestants, { tests, rounds, dist, folder }) {
  const samples = new Map(contestants.map(({ name }) => [name, { cpu: [], wall: [] }]));
  // The first round reads from the disk and does not count.
  for (let round = -1; round < rounds; round++) {
    for (const { name } of rotated(contestants, round + contestants.length)) {
      const setting = JSON.stringify({ name, tests, dist });
      const { cpu, wall } = await runScript([join(bench, 'suite/run.js'), setting], { cwd: folder });
      if (round < 0) continue;
      samples.get(name).cpu.push(cpu);
      samples.get(name).wall.push(wall);
    }
  }
  return samples;
}

function resultsOf(tests, samples) {
  const cpu = (name) => samples.get(name)?.cpu;
  return ['emulator', 'intercepted'].flatMap((name) =>
    ['express', ...peers.map((peer) => peer.name)].flatMap((other) => {
      const base = cpu(other);
      return base === undefined ? [] : [{ id: `suite-${tests}-${name}-${other}`, ...summary(ratios(cpu(name), base)) }];
    }),
  );
}

function tableOf(contestants, tests, samples) {
  const base = samples.get('express').cpu;
  return {
    title: `A suite of ${tests} ${tests === 1 ? 'test' : 'tests'}`,
    head: ['', 'CPU (ms)', 'over bare Express', 'wall (ms)'],
    rows: contestants.map(({ name, title }) => [
      title,
      spread(summary(samples.get(name).cpu)),
      spread(summary(ratios(samples.get(name).cpu, base))),
      spread(summary(samples.get(name).wall)),
    ]),
    note:
      'CPU of the whole process, from its start to its end. Each test makes six calls by fetch (create an account and a ' +
      'user; list, get and deactivate the user; list again), and a reset. The handlers that are written by hand check ' +
      'the credentials, the required fields and what must be unique, and keep no journal. No server over a socket can ' +
      'take less than one of bare node:http, which checks the same.',
  };
}
