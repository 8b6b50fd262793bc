// The figures of the README and of docs/programming-interface.md, read from the last `npm run bench`.

/** The parts of `bench/results.json` that are used here. */
export interface Results {
  readonly date: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly rows: readonly { readonly id: string; readonly median: number; readonly detail?: string }[];
}

/** One sentence for the README. @throws {Error} when a measurement is missing. */
export function costSentence(results: Results): string {
  const of = figuresOf(results);
  const costs = `adds ${of('jest')} ms to a Jest file, and a reset after a test takes ${of('reset-1000')} ms`;
  return `It ${costs}: [what it costs](docs/programming-interface.md#what-it-costs) has more.`;
}

/**
 * The few figures that matter for the choice of a test tool; each is a median.
 *
 * @throws {Error} when a measurement is missing.
 */
export function figuresTable(results: Results): string {
  const { date, machine } = results;
  const of = figuresOf(results);
  const lines: [what: string, figure: string][] = [
    ['start and close an emulator in a test', `${of('lifecycle')} ms more than bare Express`],
    ['use it in a Jest file', `${of('jest')} ms more than a file without it`],
    ['`reset()`', `${of('reset-1000')} ms with 1,000 users, ${of('reset-100000')} ms with 100,000`],
    ['`GET` one user', `${of('get')} of the CPU time that bare Express 5 takes`],
    ['`npm install`', `${of('package-size')} MB on disk`],
  ];
  return [
    '| what | cost (median) |',
    '| --- | --- |',
    ...lines.map(([what, figure]) => `| ${what} | ${figure} |`),
    '',
    `Measured on ${date} with \`npm run bench\` on ${machine.cores} cores of ${machine.cpu}, Node ${machine.node};`,
    '[bench/RESULTS.md](../bench/RESULTS.md) has all figures, with spread, method and peers.',
  ].join('\n');
}

/** The rounded median of a measurement by its id. */
function figuresOf({ rows }: Results): (id: string) => string {
  return (id) => {
    const found = rows.find((row) => row.id === id);
    if (found === undefined) throw new Error(`bench/results.json has no '${id}': run npm run bench`);
    return round(found.median);
  };
}

/** Rounds to two significant digits, and from 100 on to whole numbers. */
function round(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(2)));
}
