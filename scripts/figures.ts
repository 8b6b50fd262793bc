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
  const over = compareTo(results);
  const suite = `A suite of 200 tests with six calls each takes ${over('suite-200-intercepted-msw')} on handlers of msw that are written by hand`;
  const socket = `${over('suite-200-emulator-express')} on an Express app that is`;
  const costs = `It adds ${of('jest')} ms to a Jest file, and a reset after a test takes ${of('reset-1000')} ms`;
  return `${suite} when its calls are intercepted, and over a socket ${socket}. ${costs}: [what it costs](docs/programming-interface.md#what-it-costs) has more.`;
}

/**
 * The few figures that matter for the choice of a test tool; each is a median.
 *
 * @throws {Error} when a measurement is missing.
 */
export function figuresTable(results: Results): string {
  const { date, machine } = results;
  const of = figuresOf(results);
  const over = compareTo(results);
  const lines: [what: string, figure: string][] = [
    ['start and close an emulator in a test', `${of('lifecycle')} ms more than bare Express`],
    ['a suite of 20 tests with six calls each, intercepted', `${over('suite-20-intercepted-msw')} on hand-written msw`],
    ['the same over a socket', `${over('suite-20-emulator-express')} on a hand-written Express app`],
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

/** How much less or more CPU a measurement takes than what it is compared with, by its id. */
function compareTo({ rows }: Results): (id: string) => string {
  return (id) => {
    const percent = Math.round((medianOf(rows, id) - 1) * 100);
    return percent === 0 ? 'as much CPU as' : `${Math.abs(percent)} % ${percent < 0 ? 'less' : 'more'} CPU than`;
  };
}

/** The rounded median of a measurement by its id. */
function figuresOf({ rows }: Results): (id: string) => string {
  return (id) => round(medianOf(rows, id));
}

function medianOf(rows: Results['rows'], id: string): number {
  const found = rows.find((row) => row.id === id);
  if (found === undefined) throw new Error(`bench/results.json has no '${id}': run npm run bench`);
  return found.median;
}

/** Rounds to two significant digits, and from 100 on to whole numbers. */
function round(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(2)));
}
