// RESULTS.md: the tables, and what a reader has to know to judge them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goals, isMet } from './goals.js';
import { sectionsFor } from './lib/notes.js';
import { goalRows, table } from './lib/table.js';
import { bench } from './subjects/files.js';

/** Both files of a run: for readers, and for what is generated from the figures. */
export function report({ machine, subjects, rounds, measured, date = new Date() }) {
  const day = date.toISOString().slice(0, 10);
  const results = measured.flatMap((each) => each.results);
  const rows = results.map(({ id, ...result }) => {
    const goal = goals.find((each) => each.id === id);
    return { id, ...result, goal: goal?.goal, met: goal && isMet(goal, result.median) };
  });
  const data = {
    date: day,
    rounds,
    machine,
    subjects: subjects.map(({ title, version }) => ({ title, version })),
    rows,
  };
  return {
    markdown: markdown({ day, machine, subjects, rounds, measured, results }),
    data: `${JSON.stringify(data, null, 2)}\n`,
  };
}

function markdown({ day, machine, subjects, rounds, measured, results }) {
  const missed = goals.filter((goal) => {
    const result = results.find(({ id }) => id === goal.id);
    return result !== undefined && isMet(goal, result.median) === false;
  });
  const bounded = sectionsFor(
    missed.map(({ id }) => id),
    readFileSync(join(bench, 'notes.md'), 'utf8'),
  );
  return `<!-- Written by npm run bench; the text is in bench/report.js and bench/notes.md. -->
# What it costs

Measured on ${day} by

\`\`\`sh
npm ci && npm run bench
\`\`\`

on ${machine.cores} cores of ${machine.cpu} with ${machine.memory} of memory, ${machine.system}, Node ${machine.node}; data files
on ${machine.fileSystem}. \`npm run bench -- --only requests\` measures one part alone (${measured.map(({ name }) => name).join(', ')}),
and \`npm run bench -- --short\` is what every check runs.

## Goals

${table(...goalRows(goals, results))}
${bounded === '' ? '' : `\n## What bounds it\n\n${bounded}\n`}
## How it is measured

- **Everything is a comparison within one run.** Machines are noisy, by a factor of two to four from minute to minute.
  Whatever is compared takes turns, ${rounds} rounds in an order that rotates (requests twice as many, what takes
  seconds 3 to 5). A ratio is taken in each round, and the median of those ratios is the result; the lowest and the
  highest stand behind it.
- **CPU, not time, where it can be.** "CPU per request" is what the kernel has charged to the server's process and its
  children, user and system, for a fifth of a second of it a sample. The load comes from the bench's own process:
  ten keep-alive connections over loopback with one request at a time on each (undici), the same for all.
- **The answers are checked.** Any answer that is no success ends the bench; a body is read and checked in every round.
  Before anything is measured, the answers of this emulator, bare Express and bare node:http must be the same JSON.
- **The bare servers** hold the users in a Map and an array. They look the caller up by the secrets in the
  \`Authorization\` header, find one user by id, and check that a new one has its fields and a free email. They do
  nothing else: no journal, no faults, no search, no roles. Express has its default settings.
- **Lists** are of the same 200 users again and again. This emulator keeps the JSON of a user from the first time it is
  listed until the user changes; what the first time costs, and the memory it takes, have tables of their own.
- **The peers** have the same 1,000 users, as far as they can; what they do not do stands beside them. Some cost less
  because they check nothing, some more because they keep a file. json-server asks for Node 22 and is measured on
  the Node above, where it runs.

${table(
  ['subject', 'version', 'its figures are of'],
  subjects.map(({ title, version, note }) => [title, version, note]),
)}

## Measurements

${measured
  .flatMap(({ tables }) => tables)
  .map(
    ({ title, head, rows, note }) => `### ${title}\n\n${table(head, rows)}${note === undefined ? '' : `\n\n${note}`}`,
  )
  .join('\n\n')}
`;
}
