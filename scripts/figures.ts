// The README's figures, read from the last `npm run bench`.

/** What `bench/results.json` has. */
export interface Results {
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly rows: readonly { readonly id: string; readonly median: number; readonly detail?: string }[];
}

/**
 * The table of figures; each is a median.
 *
 * @throws {Error} when a measurement is missing.
 */
export function figuresTable({ date, machine, rows }: Results): string {
  const row = (id: string) => {
    const found = rows.find((each) => each.id === id);
    if (found === undefined) throw new Error(`bench/results.json has no '${id}': npm run bench writes it anew`);
    return found;
  };
  const of = (id: string) => round(row(id).median);
  const peer = (id: string) => `${of(id)} of the fastest peer's (${row(id).detail ?? 'all'})`;
  const call = (id: string) => `${of(id)} of the CPU of bare Express 5, ${peer(`${id}-peer`)}`;
  const lines: [what: string, figure: string][] = [
    ['`GET` of one user', call('get')],
    ['a list of 200 users', call('list')],
    ['`POST` of a user', call('post')],
    [
      '100,000 users in place of 100',
      `\`GET\` ${of('growth-get')}, \`POST\` ${of('growth-post')}, \`where=email='…'\` ${of('growth-where')} of the CPU`,
    ],
    [
      'a `where` that tests 100,000 users',
      `${of('scan')} ms; other requests wait ${of('scan-others')} ms at most meanwhile`,
    ],
    ['create, listen and close, in a test', `${of('lifecycle')} ms more than bare Express`],
    [
      '`reset()`, `restore()`',
      `${of('reset-1000')} and ${of('restore-1000')} ms with 1,000 users, ${of('reset-100000')} and ${of('restore-100000')} ms with 100,000`,
    ],
    [
      'changes kept in a data file, 50 writers',
      `${of('durable-rate')} times as many a second as json-server's (which syncs none); the longest wait ${of('durable-longest')} ms`,
    ],
    ['a change with 100,000 users in the data file', `${of('durable-growth-fifty')} of the time with 1,000`],
    ['`require` in a fresh process, to listening', `${of('require')} of the CPU of bare Express`],
    ['the command, cold, to its first answer', `${of('command')} of the fastest peer's time`],
    ['memory of 100,000 users', `${of('memory')} bytes for each byte of their JSON`],
    ['one Jest file that uses it', `${of('jest')} ms more than one that does not`],
    ['`npm install`', `${of('package-size')} MB`],
  ];
  return [
    '| what | median |',
    '| --- | --- |',
    ...lines.map(([what, figure]) => `| ${what} | ${figure} |`),
    '',
    `Measured on ${date} with \`npm run bench\` on ${machine.cores} cores of ${machine.cpu}, Node ${machine.node};`,
    '[bench/RESULTS.md](bench/RESULTS.md) has the spread, the method and the peers.',
  ].join('\n');
}

/** Two digits that count, or all before the point. */
function round(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(2)));
}
