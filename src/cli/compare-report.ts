import type { CheckResult, CompareReport } from '../conformance/index.ts';

/** The table that `compare` prints: a line for each check, and below it what differs. */
export function compareTable({ results, ...report }: CompareReport): string {
  const width = Math.max(...results.map(({ id }) => id.length), 'check'.length);
  const sourceWidth = Math.max(...results.map(({ source }) => source.length), 'source'.length);
  const row = (id: string, source: string, outcome: string) =>
    `${id.padEnd(width)}  ${source.padEnd(sourceWidth)}  ${outcome}`;
  const { agrees, differs, notRun, left, stopped } = report;
  return [
    row('check', 'source', 'result'),
    ...results.flatMap((result) => [row(result.id, result.source, outcomeOf(result)), ...differencesOf(result)]),
    '',
    `${report.baseUrl}: ${verb(agrees, 'agree')}, ${verb(differs, 'differ')}, ${notRun} not run (checks of version ${report.version})`,
    ...(agrees + differs === 0 ? ['No check has run: this says nothing about the server.'] : []),
    ...(stopped === undefined ? [] : [`The run ended early: ${stopped}.`]),
    ...left.map((what) => `Left on the server: ${what}.`),
    '',
  ].join('\n');
}

function verb(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? 's' : ''}`;
}

function outcomeOf({ outcome, reason }: CheckResult): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}

function differencesOf({ differences = [] }: CheckResult): string[] {
  return differences.flatMap(({ at, expected, actual }) => [
    `    ${at}`,
    `      expected  ${shown(expected)}`,
    `      came      ${shown(actual)}`,
  ]);
}

/** The longest value in the table; the JSON has all of it. */
const longest = 300;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
