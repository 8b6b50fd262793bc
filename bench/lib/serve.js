// Runs subjects as servers.

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startServer } from './processes.js';

/**
 * @param {import('../subjects/subjects.js').Subject} subject
 * @param {import('../run.js').Context} context
 * @param {{ users: number, durable?: boolean, flags?: string[], probed?: boolean }} options
 *   `flags` are options of node.
 */
export async function serve(subject, { dist, folder }, { users, durable = false, flags = [], probed = false }) {
  const port = await freePort();
  // Every server has its own folder, because peers write next to the files that they read.
  const cwd = mkdtempSync(join(folder, `${subject.name}-`));
  const dataFile = durable ? join(cwd, 'data.json') : undefined;
  const { args, env } = subject.launch({ port, users, dist, folder: cwd, dataFile });
  const server = await startServer([...flags, ...args], { port, cwd, env, first: subject.calls.one(0), probed });
  return { ...server, cwd, name: subject.name };
}

/** Runs `work` with a server for each subject, and stops the servers in any case. */
export async function withServers(subjects, context, options, work) {
  const servers = new Map();
  try {
    for (const subject of subjects) servers.set(subject.name, await serve(subject, context, options));
    return await work(servers);
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}
