import type { Caller } from './caller.ts';
import { NotRun } from './difference.ts';
import type { JsonRecord } from './json.ts';
import type { Made } from './made.ts';
import { objectOf, succeeded } from './read.ts';

export interface StrayOptions {
  /** What the server has made in this run. */
  readonly made: readonly Made[];
  /** The accounts that need nothing more. */
  readonly known: ReadonlySet<unknown>;
  /** Whether a record is one of this run. */
  readonly isOwn: (record: JsonRecord) => boolean;
  /** Does something persistently, and remembers what is left where it fails. */
  readonly attempt: (what: string, act: () => Promise<void>) => Promise<void>;
}

/**
 * Removes what a lenient server has made of calls that it should have refused: accounts without the externalId, and
 * users of the default account without the email, by which a run finds its own.
 *
 * @returns the ids of the accounts, which are inactive now.
 */
export async function removeStrays(caller: Caller, { made, known, isOwn, attempt }: StrayOptions): Promise<number[]> {
  const deactivated: number[] = [];
  const done = new Set<string>();
  for (const { kind, path, id } of made) {
    // Users of the run's own account go with that account's list.
    if (path.startsWith('/accounts/') || (kind === 'account' && known.has(id))) continue;
    const record = `${path}/${id}`;
    if (done.has(record)) continue;
    done.add(record);
    const state = kind === 'account' ? ', perhaps active' : '';
    await attempt(`the ${kind} ${id ?? 'without an id'} that POST ${path} has made${state}`, async () => {
      if (id === undefined) throw new NotRun('the answer has no id');
      const answer = await caller.get(record);
      if (answer.status === 404) return;
      // A server that answers another id must not make a run remove what is somebody else's.
      if (!isOwn(objectOf(succeeded(answer)))) throw new NotRun('it does not have the name that this run has sent');
      succeeded(await caller.delete(record));
      if (kind === 'account') deactivated.push(id);
    });
  }
  return deactivated;
}
