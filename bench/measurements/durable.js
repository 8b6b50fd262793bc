// Changes that are on disk before their answer.

import { load } from '../lib/load.js';
import { serve } from '../lib/serve.js';
import { ratios, rotated, summary } from '../lib/statistics.js';
import { figure, spread } from '../lib/table.js';
import { emulator } from '../subjects/emulator.js';
import { jsonServer } from '../subjects/json-server.js';

const sampleMillis = 2000;

/** @type {import('../run.js').Measurement} */
export const durable = {
  name: 'durable',
  async run(context) {
    const rounds = Math.min(context.rounds, 3);
    // The speed of the disk changes between samples, and both subjects of the ratio of rates depend on it.
    const roundsOfRate = Math.min(context.rounds, 7);
    const withPeer = context.subjects.includes(jsonServer);
    const contestants = [
      { name: 'small', title: 'this emulator', subject: emulator, users: 1_000, writers: 50 },
      { name: 'large', title: 'this emulator', subject: emulator, users: 100_000, writers: 50 },
      { name: 'small-one', title: 'this emulator', subject: emulator, users: 1_000, writers: 1 },
      { name: 'large-one', title: 'this emulator', subject: emulator, users: 100_000, writers: 1 },
      ...(withPeer
        ? [
            { name: 'peer', title: jsonServer.title, subject: jsonServer, users: 1_000, writers: 50 },
            { name: 'peer-one', title: jsonServer.title, subject: jsonServer, users: 1_000, writers: 1 },
          ]
        : []),
    ];
    const samples = new Map(contestants.map(({ name }) => [name, { millis: [], rate: [], longest: [] }]));
    const ofRate = contestants.filter(({ name }) => name === 'small' || name === 'peer');
    for (let round = 0; round < roundsOfRate; round++) {
      for (const contestant of rotated(round < rounds ? contestants : ofRate, round)) {
        const { seconds, count, longest } = await sample(context, contestant);
        const kept = samples.get(contestant.name);
        kept.millis.push((seconds * 1000) / count);
        kept.rate.push(count / seconds);
        kept.longest.push(longest);
      }
    }
    const pauses = { 1000: [], 100000: [] };
    for (let round = 0; round < rounds; round++) {
      for (const users of [1_000, 100_000]) pauses[users].push(await pause(context, users));
    }
    const of = (name, figureOf) => samples.get(name)[figureOf];
    const results = [
      ...(withPeer ? [{ id: 'durable-rate', ...summary(ratios(of('small', 'rate'), of('peer', 'rate'))) }] : []),
      { id: 'durable-longest', ...summary(of('small', 'longest')) },
      ...[1_000, 100_000].map((users) => ({ id: `durable-pause-${users}`, ...summary(pauses[users]) })),
      { id: 'durable-growth-one', ...summary(ratios(of('large-one', 'millis'), of('small-one', 'millis'))) },
      { id: 'durable-growth-fifty', ...summary(ratios(of('large', 'millis'), of('small', 'millis').slice(0, rounds))) },
    ];
    const head = ['subject', 'users stored', 'writers', 'requests/s', 'ms per change', 'longest wait (ms)'];
    const rows = contestants.map(({ name, title, users, writers }) => [
      title,
      users.toLocaleString('en-US'),
      writers,
      figure(summary(of(name, 'rate')).median),
      spread(summary(of(name, 'millis'))),
      spread(summary(of(name, 'longest'))),
    ]);
    const note =
      `Every sample takes ${sampleMillis / 1000} seconds, on its own server and file. json-server rewrites its whole file, and does ` +
      'not sync it: a power failure can lose changes that it has answered. Where its longest wait is the length of the ' +
      'sample, it answered no request while new changes arrived. The pause is that of a reset, which rewrites the file; ' +
      'so does a change when the log has become half as long as the file, and 4 MB.';
    return { results, tables: [{ title: 'Changes kept in a data file', head, rows, note }] };
  },
};

/** How long all requests wait during a rewrite of the file, in milliseconds. */
async function pause(context, users) {
  const server = await serve(emulator, context, { users, durable: true });
  try {
    await load(server.origin, { connections: 1, count: 50, millis: sampleMillis, call: emulator.calls.create });
    const began = performance.now();
    const { status } = await fetch(`${server.origin}/__emulator/reset`, { method: 'POST' });
    const took = performance.now() - began;
    if (status !== 204 && status !== 200) throw new Error(`the reset was answered with ${status}`);
    return took;
  } finally {
    await server.stop();
  }
}

async function sample(context, { subject, users, writers }) {
  const server = await serve(subject, context, { users, durable: true });
  try {
    const some = (count, millis, from) =>
      load(server.origin, {
        connections: writers,
        count,
        millis,
        call: (number) => subject.calls.create(from + number),
      });
    const warm = await some(500, 700, 0);
    const done = await some(1_000_000, sampleMillis, warm.count);
    if (!subject.calls.create(warm.count).fits(JSON.parse(done.first)))
      throw new Error(`${subject.title}: ${done.first}`);
    return done;
  } finally {
    await server.stop();
  }
}
