// npm run bench: measures the cost of this emulator, of bare servers and of its peers. report.js describes the method,
// and writes it into RESULTS.md.

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bounds, goals, isMet } from './goals.js';
import { requireCpuTime } from './lib/cpu.js';
import { machine } from './lib/machine.js';
import { build, installPeers } from './lib/prepare.js';
import { goalRows, table } from './lib/table.js';
import { measurements, shortMeasurements } from './measurements/measurements.js';
import { readOptions } from './options.js';
import { report } from './report.js';
import { bench } from './subjects/files.js';
import { own, peers } from './subjects/subjects.js';

/**
 * @typedef {object} Context
 * @property {number} rounds
 * @property {boolean} short
 * @property {string} dist The folder of the build to measure.
 * @property {string} folder For temporary files.
 * @property {import('./subjects/subjects.js').Subject[]} subjects
 * @property {(line: string) => void} log
 *
 * @typedef {{ id: string, median: number, min: number, max: number, samples: number, detail?: string }} Result
 * @typedef {{ title: string, head: string[], rows: (string | number)[][], note?: string }} Table
 *
 * @typedef {object} Measurement
 * @property {string} name
 * @property {(context: Context) => Promise<{ results: Result[], tables: Table[] }>} run
 */

// End the benchmark even if something hangs.
setTimeout(() => {
  console.error('bench: given up after 30 minutes.');
  process.exit(1);
}, 1_800_000).unref();

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench: ${error.stack ?? error}`);
  process.exitCode = 1;
}
// This also ends servers that an error left running.
process.exit();

async function main() {
  const options = readOptions(process.argv.slice(2), [
    ...new Set([...measurements, ...shortMeasurements].map(({ name }) => name)),
  ]);
  if (options.help !== undefined) {
    process.stdout.write(options.help);
    return 0;
  }
  requireCpuTime();
  const began = performance.now();
  const log = (line) => console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  if (options.build) {
    log('building');
    build();
  }
  if (!existsSync(join(options.dist, 'index.cjs'))) throw new Error('There is no build: npm run build.');
  if (options.withPeers) {
    log('installing missing peers');
    installPeers();
  }

  const scratch = join(bench, '.tmp');
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'run-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const subjects = options.withPeers ? [...own, ...peers] : own;
  const context = { ...options, folder, subjects, log };

  const chosen = (options.short ? shortMeasurements : measurements).filter(
    ({ name }) => options.only?.includes(name) ?? true,
  );
  const measured = [];
  for (const measurement of chosen) {
    log(measurement.name);
    measured.push({ name: measurement.name, ...(await runUntilMet(measurement, context)) });
  }
  const results = measured.flatMap((each) => each.results);
  const wanted = options.short ? bounds : goals;
  for (const { title, head, rows, note } of measured.flatMap((each) => each.tables)) {
    if (!options.short) console.log(`\n${title}\n\n${table(head, rows)}${note === undefined ? '' : `\n\n${note}`}`);
  }
  const rows = goalRows(wanted, results);
  if (rows[1].length > 0) console.log(`\n${table(...rows)}\n`);

  if (options.short) return exceeded(results);
  if (options.only === undefined && options.withPeers) {
    const subjectsOf = subjects.map(({ title, note, version }) => ({ title, note, version: version() }));
    const { markdown, data } = report({
      machine: machine(folder),
      subjects: subjectsOf,
      rounds: options.rounds,
      measured,
    });
    writeFileSync(join(bench, 'RESULTS.md'), markdown);
    writeFileSync(join(bench, 'results.json'), data);
    log('written: bench/RESULTS.md, bench/results.json');
  }
  return 0;
}

/**
 * With `--short`, repeats a measurement that exceeds its bound, at most twice, and takes the lowest result: a machine
 * that is busy for some seconds can double a figure once, but not three times.
 */
async function runUntilMet(measurement, context) {
  const first = await measurement.run(context);
  let { results } = first;
  for (let again = 0; context.short && again < 2 && missed(results).length > 0; again++) {
    context.log(`${measurement.name}, once more`);
    const { results: others } = await measurement.run(context);
    results = results.map((result) => {
      const other = others.find(({ id }) => id === result.id);
      return other !== undefined && other.median < result.median ? other : result;
    });
  }
  return { ...first, results };
}

/** The exceeded bounds, with their results. */
function missed(results) {
  return bounds.flatMap((bound) => {
    const result = results.find(({ id }) => id === bound.id);
    return result === undefined || isMet(bound, result.median) ? [] : [{ bound, result }];
  });
}

/** Prints a line for every exceeded bound, and returns the exit code. */
function exceeded(results) {
  const all = missed(results);
  for (const { bound, result } of all) {
    console.error(
      `bench: ${bound.what}: ${bound.measured} is ${result.median.toPrecision(3)}, more than ${bound.bound}.`,
    );
  }
  return all.length > 0 ? 1 : 0;
}
