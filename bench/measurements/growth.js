// The cost of a request with many users: the same calls with 100 and with 100,000.

import { user } from '../data.js';
import { compare } from '../lib/compare.js';
import { connect, load, send } from '../lib/load.js';
import { serve } from '../lib/serve.js';
import { ratios, summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { emulator } from '../subjects/emulator.js';
import { listAll, platformCalls, where } from '../subjects/platform-calls.js';

const sizes = [100, 100_000];

const kinds = [
  { id: 'growth-get', title: 'GET one user', call: (users) => (number) => platformCalls.one((number * 7919) % users) },
  {
    id: 'growth-post',
    title: 'POST user',
    call: () => platformCalls.create,
    // A reset discards the created users: otherwise 100 users would soon be thousands. 100,000 hardly change.
    prepare: async (server, users) => {
      if (users > 1000) return;
      await ask(server, { method: 'POST', path: '/__emulator/reset', headers: {} });
      await ask(server, platformCalls.create('-first'));
    },
  },
  {
    id: 'growth-where',
    title: "where=email='…'",
    call: (users) => (number) => {
      const { email } = user((number * 7919) % users);
      return { ...where(`email='${email}'`), fits: (body) => body.length === 1 && body[0].email === email };
    },
  },
];

/** @type {import('../run.js').Measurement} */
export const growth = {
  name: 'growth',
  async run(context) {
    const { rounds, short, log } = context;
    const servers = [];
    try {
      for (const users of sizes) {
        const server = await serve(emulator, context, { users });
        servers.push(server);
        // List all users once, as first-lists.js measures the first lists.
        await load(server.origin, { connections: 1, ...listAll(users) });
      }
      const results = [];
      const rows = [];
      for (const { id, title, call, prepare } of kinds) {
        const contestants = sizes.map((users, at) => ({
          name: String(users),
          server: servers[at],
          call: call(users),
          prepare: prepare && (() => prepare(servers[at], users)),
        }));
        const samples = await compare(contestants, {
          // The larger server reacts strongly to other load on the machine: take many short samples.
          rounds: rounds * (short ? 2 : 4),
          connections: 10,
          warmUpSeconds: short ? 1 : 1.5,
        });
        const [few, many] = sizes.map((users) => samples.get(String(users)).cpu);
        const ratio = summary(ratios(many, few));
        results.push({ id, ...ratio });
        rows.push([title, spread(summary(few)), spread(summary(many)), spread(ratio)]);
        log(`${title}: ${spread(ratio)} of the cost with 100 users`);
      }
      const head = ['call', 'CPU per request (µs), 100 users', '100,000 users', 'ratio'];
      const note =
        'Every user was in a list once before. With 100 users, POST starts every sample with 100 again and adds one or two thousand.';
      return { results, tables: [{ title: 'Growth', head, rows, note }] };
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};

async function ask({ origin }, call) {
  const pool = connect(origin, 1);
  try {
    const { status, body } = await send(pool, call, true);
    if (status !== 200) throw new Error(`${call.path} answered ${status}: ${body}`);
  } finally {
    await pool.destroy();
  }
}
