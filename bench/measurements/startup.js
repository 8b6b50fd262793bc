// Cold starts: the package in a fresh process, and the commands of the emulator and its peers.

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { millisToFirstAnswer, runScript } from '../lib/scripts.js';
import { ratios, rotated, summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { serverFile } from '../subjects/files.js';

const loads = [
  { name: 'emulator', title: 'this emulator' },
  { name: 'express', title: 'bare Express' },
  { name: 'http', title: 'bare node:http' },
];

/** @type {import('../run.js').Measurement} */
export const startup = {
  name: 'startup',
  async run(context) {
    const loaded = await measureLoads(context);
    const commands = await measureCommands(context);
    return { results: [...loaded.results, ...commands.results], tables: [loaded.table, commands.table] };
  },
};

async function measureLoads({ dist, rounds, folder }) {
  const samples = new Map(loads.map(({ name }) => [name, { cpu: [], wall: [] }]));
  // The first round reads from the disk and does not count.
  for (let round = -1; round < Math.min(rounds * 2, 15); round++) {
    for (const { name } of rotated(loads, round + loads.length)) {
      const at = performance.now();
      const { cpu } = await runScript([serverFile('startup').replace(/js$/, 'cjs'), name, dist], { cwd: folder });
      if (round < 0) continue;
      samples.get(name).cpu.push(cpu);
      samples.get(name).wall.push(performance.now() - at);
    }
  }
  const over = ratios(samples.get('emulator').cpu, samples.get('express').cpu);
  const rows = loads.map(({ name, title }) => [
    title,
    spread(summary(samples.get(name).cpu)),
    spread(summary(samples.get(name).wall)),
  ]);
  return {
    results: [{ id: 'require', ...summary(over) }],
    table: {
      title: '`require` in a fresh process, to listening',
      head: ['', 'CPU (ms)', 'wall, with the end of the process (ms)'],
      rows,
    },
  };
}

async function measureCommands({ subjects, dist, rounds, folder }) {
  const commands = subjects.filter(({ command }) => command !== undefined);
  const samples = new Map(commands.map(({ name }) => [name, []]));
  // The first round reads from the disk and does not count.
  for (let round = -1; round < Math.min(rounds, 5); round++) {
    for (const { name, command } of rotated(commands, round + commands.length)) {
      const cwd = mkdtempSync(join(folder, `command-${name}-`));
      const { launch, first } = command({ dist, folder: cwd });
      const millis = await millisToFirstAnswer(launch, first, cwd);
      if (round >= 0) samples.get(name).push(millis);
    }
  }
  const own = samples.get('emulator');
  const [fastest] = commands
    .filter(({ kind }) => kind === 'peer')
    .sort((left, right) => summary(samples.get(left.name)).median - summary(samples.get(right.name)).median);
  const rows = commands.map(({ name, title }) => [title, spread(summary(samples.get(name)))]);
  return {
    results:
      fastest === undefined
        ? []
        : [{ id: 'command', ...summary(ratios(own, samples.get(fastest.name))), detail: fastest.title }],
    table: {
      title: 'The command, to its first answer',
      head: ['', 'ms'],
      rows,
      note:
        'Each with its smallest setup: this emulator with its default fixture, the peers with ten users; ' +
        'emulate by a script that calls its API.',
    },
  };
}
