import { standardInput } from '../fixtures/standard-input.ts';
import { compareTable } from './compare-report.ts';
import { requireFree, saveText } from './fixture-command.ts';
import { interruption } from './interruption.ts';
import { Progress } from './progress.ts';
import { nameVariables, readSecrets } from './server-secrets.ts';
import type { Terminal } from './terminal.ts';

/** To run the behavior checks against a server. */
export interface CompareCommand {
  readonly action: 'compare';
  readonly baseUrl: string;
  readonly write: boolean;
  readonly only: readonly string[];
  /** The file for the report as JSON; `-` is standard output, in place of the table. */
  readonly json: string | undefined;
  /** Whether an existing file may be replaced. */
  readonly force: boolean;
}

/**
 * Runs the checks and prints the report. The exit code is 0 when all that ran agree, 1 when some differ, and 2 when the
 * run could not begin, ended early or ran no check.
 *
 * @throws {Error} when the run could not begin, or the file of the report exists or cannot be written.
 */
export async function runCompare(command: CompareCommand, terminal: Terminal): Promise<void> {
  const { baseUrl, write, only, json, force } = command;
  const secrets = readSecrets(terminal.env);
  const file = json === standardInput ? undefined : json;
  if (file !== undefined) requireFree(file, force, 'report.json');
  const signal = interruption(terminal, 'interrupted: cleaning up; interrupt again to end at once');
  const progress = new Progress(terminal);
  const { compare } = await import('../conformance/index.ts');
  const onProgress = ({ id }: { id: string }, done: number, all: number) => progress.show(`${done}/${all} ${id}`);
  const report = await compare({ baseUrl, ...secrets, write, only, signal, onProgress })
    .catch(nameVariables)
    .finally(() => progress.end());
  const text = `${JSON.stringify(report, null, 2)}\n`;
  terminal.stdout.write(json === standardInput ? text : compareTable(report));
  const hasRun = report.stopped === undefined && report.agrees + report.differs > 0;
  terminal.exitCode = hasRun ? Math.min(report.differs, 1) : 2;
  if (file !== undefined) saveText(file, text, { force, isPrivate: false });
}
