import { randomBytes } from 'node:crypto';
import { didYouMean } from '../text/suggest.ts';
import { version } from '../text/version.ts';
import { Caller } from './caller.ts';
import { Client } from './client.ts';
import { Context } from './context.ts';
import { CompareError } from './errors.ts';
import { Mask } from './mask.ts';
import { readOrganization } from './organization.ts';
import { type CheckResult, checks, runChecks } from './run-checks.ts';
import { pauseFor, readBaseUrl, requireSecret } from './server-address.ts';
import { Workspace } from './workspace.ts';

/** What `compare` is given. */
export interface CompareOptions {
  /** Where the platform's API is, such as `https://api.cloud-elements.com/elements/api-v2`. */
  readonly baseUrl: string;
  /** The secret of a user who administers the organization. It is never printed or stored. */
  readonly userSecret: string;
  /** The secret of the organization. It is never printed or stored. */
  readonly organizationSecret: string;
  /**
   * Also runs the checks that write. They work below one new account, which is deactivated at the end. Default: false,
   * which sends nothing but GET, HEAD and OPTIONS.
   */
  readonly write?: boolean;
  /**
   * The ids of the checks to run. Checks that change more than the account of the run, such as the password policy, run
   * only when they are named here. Default: all others.
   */
  readonly only?: readonly string[];
  /** Ends the run; what it has made is removed. */
  readonly signal?: AbortSignal;
  /** How many milliseconds a request may take. Default: 30,000. */
  readonly timeoutMs?: number;
  /** Called after every check, with the number of checks that have been handled and of all. */
  readonly onProgress?: (result: CheckResult, done: number, all: number) => void;
}

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
 * @throws {CompareError} when it cannot begin: an unknown id, an address that cannot be used, no answer, refused
 * credentials, or a server that is no such platform.
 */
export async function compare(options: CompareOptions): Promise<CompareReport> {
  const { write = false, only = [], signal, timeoutMs = 30_000, onProgress } = options;
  requireKnown(only);
  const baseUrl = readBaseUrl(options.baseUrl);
  const [userSecret, organizationSecret] = [
    requireSecret('userSecret', options.userSecret),
    requireSecret('organizationSecret', options.organizationSecret),
  ];
  const client = new Client({ baseUrl, pauseMs: pauseFor(baseUrl), timeoutMs, signal });
  const authorization = `User ${userSecret}, Organization ${organizationSecret}`;
  const admin = new Caller(client, authorization, true);
  const organization = await readOrganization(new Caller(client, authorization), baseUrl);
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
  throw new CompareError(`There is no check '${unknown}': ${hint}`);
}
