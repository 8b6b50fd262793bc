// The CPU cost of a request, for the emulator, the bare servers and the peers.

import assert from 'node:assert';
import { compare } from '../lib/compare.js';
import { connect, send } from '../lib/load.js';
import { withServers } from '../lib/serve.js';
import { ratios, summary } from '../lib/statistics.js';
import { figure, spread } from '../lib/table.js';

const users = 1000;
const listed = 200;

const kinds = [
  {
    id: 'get',
    title: 'GET one user',
    calls: (calls) => calls.one && ((number) => calls.one((number * 7919) % users)),
  },
  { id: 'list', title: `list 200 of ${users.toLocaleString('en-US')} users`, calls: (calls) => calls.list },
  { id: 'post', title: 'POST user, in memory', calls: (calls) => calls.create },
];

/** @type {import('../run.js').Measurement} */
export const requests = {
  name: 'requests',
  async run(context) {
    const { rounds, short, subjects: all, log } = context;
    const subjects = short ? all.filter(({ name }) => name !== 'node-http') : all;
    const results = [];
    const tables = [];
    for (const kind of kinds) {
      const taking = subjects.filter(({ calls }) => kind.calls(calls) !== undefined);
      // New servers for every kind of request: otherwise the lists would contain the users that POST adds.
      const samples = await withServers(taking, context, { users }, async (servers) => {
        await requireSameAnswers(taking, servers);
        const contestants = taking.map(({ name, calls }) => ({
          name,
          server: servers.get(name),
          call: kind.calls(calls),
        }));
        return await compare(contestants, {
          rounds: rounds * 2,
          connections: 10,
          warmUpSeconds: short ? 1 : 1.5,
        });
      });
      for (const { name, pageSize = listed } of taking) {
        if (kind.id !== 'list') continue;
        // A subject with smaller pages needs more requests for the same users.
        const { cpu, rate } = samples.get(name);
        const perList = listed / pageSize;
        Object.assign(samples.get(name), {
          cpu: cpu.map((each) => each * perList),
          rate: rate.map((each) => each / perList),
        });
      }
      const { rows, mine, peer } = evaluate(taking, samples);
      results.push({ id: kind.id, ...mine });
      if (peer !== undefined) results.push({ id: `${kind.id}-peer`, ...peer });
      if (kind.id === 'list') results.push({ id: 'list-worst', ...worst(samples.get('emulator').cpu) });
      const head = ['subject', 'CPU per request (µs)', 'over bare Express', 'requests/s'];
      tables.push({ title: kind.title, head, rows });
      log(`${kind.title}: ${spread(mine)} of bare Express`);
    }
    return { results, tables };
  },
};

/** How much more than the median the most expensive round costs. */
function worst(cpu) {
  const { median, max } = summary(cpu);
  return summary([max / median]);
}

function evaluate(subjects, samples) {
  const base = samples.get('express').cpu;
  const rows = subjects.map(({ name, title }) => {
    const { cpu, rate } = samples.get(name);
    return [title, spread(summary(cpu)), spread(summary(ratios(cpu, base))), figure(summary(rate).median)];
  });
  const mine = summary(ratios(samples.get('emulator').cpu, base));
  const peers = subjects.filter(({ kind }) => kind === 'peer');
  if (peers.length === 0) return { rows, mine, peer: undefined };
  const [fastest] = peers
    .map((subject) => ({ subject, cpu: summary(samples.get(subject.name).cpu).median }))
    .sort((left, right) => left.cpu - right.cpu);
  const over = summary(ratios(samples.get('emulator').cpu, samples.get(fastest.subject.name).cpu));
  return { rows, mine, peer: { ...over, detail: fastest.subject.title } };
}

/** Throws unless the emulator and the bare servers answer the same JSON, without which a comparison makes no sense. */
export async function requireSameAnswers(subjects, servers) {
  const same = subjects.filter(({ kind }) => kind !== 'peer');
  for (const read of [(calls) => calls.one(3), (calls) => calls.list()]) {
    const answers = [];
    for (const { name, calls } of same) {
      const pool = connect(servers.get(name).origin, 1);
      answers.push(JSON.parse((await send(pool, read(calls), true)).body));
      await pool.destroy();
    }
    for (const [at, answer] of answers.entries()) {
      assert.deepStrictEqual(answer, answers[0], `${same[at].name} and ${same[0].name} differ`);
    }
  }
}
