// Writes RESULTS.md: the tables, and the method that a reader must know to judge them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goals, isMet } from './goals.js';
import { sectionsFor } from './lib/notes.js';
import { goalRows, table } from './lib/table.js';
import { bench } from './subjects/files.js';

/** The two result files of a run: one for readers, one for generated figures. */
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
# Cost of the emulator

Measured on ${day} by

\`\`\`sh
npm ci && npm run bench
\`\`\`

on ${machine.cores} cores of ${machine.cpu} with ${machine.memory} of memory, ${machine.system}, Node ${machine.node}; data files
on ${machine.fileSystem}. \`npm run bench -- --only requests\` measures only one part (${measured.map(({ name }) => name).join(', ')}),
and \`npm run bench -- --short\` is part of \`.ci/run\`.

## Goals

${table(...goalRows(goals, results))}
${bounded === '' ? '' : `\n## What limits it\n\n${bounded}\n`}
## How it is measured

- **Every figure is a comparison within one run.** Machines are noisy, by a factor of two to four from minute to minute.
  The compared subjects take turns, ${rounds} rounds in an order that rotates (twice as many for requests, 3 to 5 for
  samples that take seconds). Each round gives a ratio, and the result is the median of these ratios, followed by the
  lowest and the highest.
- **CPU instead of elapsed time, where possible.** "CPU per request" is the user and system time of the server's process and
  its children, as the kernel counts it; a sample takes a fifth of a second of it. The load comes from the benchmark's own
  process: ten keep-alive connections over loopback with one request at a time on each (undici), the same for all.
- **Answers are checked.** Any answer that is not a success ends the benchmark; every round checks one body. Before the
  measurement, the answers of this emulator, bare Express and bare node:http must be the same JSON.
- **The bare servers** hold the users in a Map and an array. They look the caller up by the secrets in the
  \`Authorization\` header, find one user by id, and check that a new one has its fields and a free email. They do
  nothing else: no journal, no faults, no search, no roles. Express has its default settings.
- **Lists** show the same 200 users again and again; a separate table has lists of users that were in no list before.
- **The peers** have the same 1,000 users, as far as they can; the table below says what they do not do. Some cost less
  because they check nothing, some more because they keep a file. json-server requires Node 22, but it runs on the Node
  above and is measured there.

${table(
  ['subject', 'version', 'what it does'],
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
