import { type Check, isCheck, type Source } from './check.ts';
import type { Context } from './context.ts';
import { type Deviation, Difference, NotRun } from './difference.ts';
import { ConnectionError, StoppedError } from './errors.ts';
import { groups } from './groups.ts';
import type { Mask } from './mask.ts';

/** How a check went. */
export interface CheckResult {
  readonly id: string;
  readonly sentence: string;
  readonly source: Source;
  readonly outcome: 'agrees' | 'differs' | 'not run';
  /** What was expected and what came, where it differs; secrets are masked. */
  readonly differences?: readonly Deviation[];
  /** Why it was not run. */
  readonly reason?: string;
}

/** All checks, in the order of docs/fidelity.md. */
export const checks: readonly Check[] = groups.flatMap(({ rows }) => rows.filter(isCheck));

/** After this many checks in a row without an answer, the run ends. */
const lostInARow = 3;

export interface RunOptions {
  readonly write: boolean;
  /** The ids of the checks to run; all when there are none. */
  readonly only: readonly string[];
  readonly onResult: (result: CheckResult) => void;
}

/** The results of all chosen checks, and why the run ended early. */
export interface RunResults {
  readonly results: readonly CheckResult[];
  readonly stopped: string | undefined;
}

/** Runs the checks, one after the other. It leaves cleaning up to its caller. */
export async function runChecks(context: Context, mask: Mask, options: RunOptions): Promise<RunResults> {
  const results: CheckResult[] = [];
  let [stopped, lost]: [string | undefined, number] = [undefined, 0];
  for (const check of checks) {
    if (options.only.length > 0 && !options.only.includes(check.id)) continue;
    let verdict: Verdict;
    const reason = reasonNotToRun(check, options);
    if (reason !== undefined) verdict = { outcome: 'not run', reason };
    else if (stopped !== undefined) verdict = { outcome: 'not run', reason: `the run ended: ${stopped}` };
    else {
      const { verdict: found, error } = await runCheck(check, context);
      verdict = found;
      lost = error instanceof ConnectionError ? lost + 1 : 0;
      if (error instanceof StoppedError || lost === lostInARow) stopped = error?.message;
    }
    const { id, sentence, source } = check;
    const result = { id, sentence, source, ...masked(verdict, mask) };
    results.push(result);
    options.onResult(result);
  }
  return { results, stopped };
}

type Verdict = Pick<CheckResult, 'outcome' | 'differences' | 'reason'>;

function reasonNotToRun({ changes }: Check, { write, only }: RunOptions): string | undefined {
  if (changes !== 'nothing' && !write) return 'it writes: needs --write';
  // Everything that a run changes unasked is below the account of the run.
  if (changes === 'organization' && only.length === 0) {
    return 'it changes more than the account of the run: name it with --only';
  }
  return undefined;
}

async function runCheck(check: Check, context: Context): Promise<{ verdict: Verdict; error?: Error }> {
  try {
    await context.workspace.tidy().catch(asNotPrepared);
    await check.run(context);
    return { verdict: { outcome: 'agrees' } };
  } catch (error) {
    if (error instanceof Difference) return { verdict: { outcome: 'differs', differences: error.deviations } };
    if (error instanceof NotRun || error instanceof ConnectionError || error instanceof StoppedError) {
      return { verdict: { outcome: 'not run', reason: error.message }, error };
    }
    throw error;
  }
}

/** An unexpected answer while something is put back says nothing about the check that comes next. */
function asNotPrepared(error: unknown): never {
  if (error instanceof Difference) throw new NotRun(`could not prepare it: ${error.message} is not as expected`);
  if (error instanceof NotRun) throw new NotRun(`could not prepare it: ${error.message}`);
  throw error;
}

function masked({ outcome, differences, reason }: Verdict, mask: Mask): Verdict {
  const shown = differences?.map(({ at, expected, actual }) => ({
    at: mask.text(at),
    expected: mask.value(at, expected),
    actual: mask.actual(at, actual),
  }));
  return {
    outcome,
    ...(shown === undefined ? {} : { differences: shown }),
    ...(reason === undefined ? {} : { reason: mask.sentence(reason) }),
  };
}
