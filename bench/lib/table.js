// Tables in Markdown, and the format of figures.

import { isMet } from '../goals.js';

/** @param {string[]} head @param {(string | number)[][]} rows */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Three significant digits, or a whole number from 100 on: 0.694, 12.3, 1,234. */
export function figure(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `0.69 (0.66–0.74)`, with a unit after the median. */
export function spread({ median, min, max }, unit = '') {
  return `${figure(median)}${unit} (${figure(min)}–${figure(max)})`;
}

/** Head and rows of the table of goals, for the measured ones. */
export function goalRows(goals, results) {
  const rows = goals.flatMap((goal) => {
    const result = results.find(({ id }) => id === goal.id);
    if (result === undefined) return [];
    const met = isMet(goal, result.median);
    const shown = result.samples > 1 ? spread(result) : figure(result.median);
    const detail = result.detail === undefined ? '' : `; ${result.detail}`;
    return [[goal.what, goal.measured, goal.goal, shown + detail, met === undefined ? '' : met ? 'yes' : '**no**']];
  });
  return [['what', 'measured', 'goal', 'result: median (spread)', 'met'], rows];
}
