import { randomBytes } from 'node:crypto';
import { shown } from '../text/shown.ts';
import { didYouMean } from '../text/suggest.ts';
import { version } from '../text/version.ts';
import { Caller } from './caller.ts';
import { Client } from './client.ts';
import { type CompareOptions, checkCompareOptions } from './compare-options.ts';
import { Context } from './context.ts';
import { CompareError } from './errors.ts';
import { Mask } from './mask.ts';
import { readOrganization } from './organization.ts';
import { type CheckResult, checks, runChecks } from './run-checks.ts';
import { authorizationOf, pauseFor, readTarget } from './server-address.ts';
import { Workspace } from './workspace.ts';

/** What a run has found. It has no secrets. */
export interface CompareReport {
  /** The version of the package whose checks these are. */
  readonly version: string;
  readonly baseUrl: string;
  readonly agrees: number;
  readonly differs: number;
  readonly notRun: number;
  readonly results: readonly CheckResult[];
  /** What the run has made and could not remove; the account of the run is among it, inactive. */
  readonly left: readonly string[];
  /** Why the run ended before all checks had run; absent when it did not. */
  readonly stopped?: string;
}

/**
 * Runs the behavior checks against any server of this API. It sends one request at a time, and at most four a second
 * to hosts that are not loopback.
 *
 * @throws {CompareError} when it cannot begin: an unknown id, an option or an address that cannot be used, no answer,
 * refused credentials, those of a user who is no administrator, or a server that is no such platform.
 */
export async function compare(options: CompareOptions): Promise<CompareReport> {
  checkCompareOptions(options);
  const { write = false, only = [], signal, timeoutMs = 30_000, onProgress } = options;
  requireKnown(only);
  const target = readTarget(options);
  const { baseUrl, userSecret, organizationSecret } = target;
  const client = new Client({ baseUrl, pauseMs: pauseFor(baseUrl), timeoutMs, signal });
  const authorization = authorizationOf(target);
  const admin = new Caller(client, authorization, true);
  const organization = await readOrganization(new Caller(client, authorization), baseUrl);
  client.endWhenBusy();
  const workspace = new Workspace(admin, randomBytes(4).toString('hex'), client);
  const anyone = new Caller(client, undefined);
  const context = new Context({ admin, anyone, organization, workspace, userSecret, organizationSecret });
  const isOwn = (text: string) => text.startsWith(workspace.emailPrefix) || text.startsWith(workspace.name);
  const mask = new Mask([userSecret, organizationSecret], isOwn);

  let done = 0;
  const all = only.length === 0 ? checks.length : new Set(only).size;
  const onResult = (result: CheckResult) => {
    done += 1;
    onProgress?.(result, done, all);
  };
  let left: string[] = [];
  const run = await runChecks(context, mask, { write, only, onResult }).finally(async () => {
    left = await workspace.cleanUp(new Caller(client.withoutSignal(), authorization, true));
  });
  const count = (outcome: CheckResult['outcome']) => run.results.filter((result) => result.outcome === outcome).length;
  return {
    version,
    baseUrl,
    agrees: count('agrees'),
    differs: count('differs'),
    notRun: count('not run'),
    results: run.results,
    left: left.map((what) => mask.sentence(what)),
    ...(run.stopped === undefined ? {} : { stopped: mask.sentence(run.stopped) }),
  };
}

/** @throws {CompareError} for an id that no check has. */
function requireKnown(only: readonly string[]): void {
  const ids = checks.map(({ id }) => id);
  const unknown = only.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  const hint = didYouMean(unknown, ids, 'docs/fidelity.md has them all.');
  throw new CompareError(`There is no check ${shown(unknown)}: ${hint}`);
}
