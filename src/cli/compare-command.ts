import { writeFileSync } from 'node:fs';
import { standardInput } from '../fixtures/standard-input.ts';
import { describeFileError } from '../text/file-error.ts';
import { compareTable } from './compare-report.ts';
import { interruption } from './interruption.ts';
import { Progress } from './progress.ts';
import { readSecrets } from './server-secrets.ts';
import type { Terminal } from './terminal.ts';

/** To run the behavior checks against a server. */
export interface CompareCommand {
  readonly action: 'compare';
  readonly baseUrl: string;
  readonly write: boolean;
  readonly only: readonly string[];
  /** The file for the report as JSON; `-` is standard output, in place of the table. */
  readonly json: string | undefined;
}

/**
 * Runs the checks and prints the report. The exit code is 0 when all that ran agree, 1 when some differ, and 2 when the
 * run could not begin or ended early.
 */
export async function runCompare(command: CompareCommand, terminal: Terminal): Promise<void> {
  const { baseUrl, write, only, json } = command;
  const secrets = readSecrets(terminal.env);
  const signal = interruption(terminal, 'interrupted: cleaning up; interrupt again to end at once');
  const progress = new Progress(terminal);
  const { compare } = await import('../conformance/index.ts');
  const onProgress = ({ id }: { id: string }, done: number, all: number) => progress.show(`${done}/${all} ${id}`);
  const report = await compare({ baseUrl, ...secrets, write, only, signal, onProgress }).finally(() => progress.end());
  const text = `${JSON.stringify(report, null, 2)}\n`;
  terminal.stdout.write(json === standardInput ? text : compareTable(report));
  terminal.exitCode = report.stopped === undefined ? Math.min(report.differs, 1) : 2;
  if (json === undefined || json === standardInput) return;
  try {
    writeFileSync(json, text);
  } catch (error) {
    throw new Error(`${json} cannot be written: ${describeFileError(error, json, 'write')}.`);
  }
}
