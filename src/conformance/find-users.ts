import type { Caller } from './caller.ts';
import type { JsonRecord } from './json.ts';
import { listOf, numberOf, succeeded } from './read.ts';

/** The users of a list that a run has made, also where the server has small pages or does not know `where`. */
export async function findUsers(
  caller: Caller,
  path: string,
  isOwn: (user: JsonRecord) => boolean,
  where?: string,
): Promise<ReadonlySet<number>> {
  const [own, seen] = [new Set<number>(), new Set<number>()];
  for (let offset = 0; ; ) {
    const query = { includeInactive: true, pageSize: 200, offset, ...(where === undefined ? {} : { where }) };
    const answer = await caller.get(path, { query });
    // An empty list of users is 404.
    if (answer.status === 404) return own;
    const users = listOf(succeeded(answer));
    const before = seen.size;
    for (const user of users) {
      const id = numberOf(user, 'id', answer.call);
      seen.add(id);
      if (isOwn(user)) own.add(id);
    }
    offset += users.length;
    // The header says how many there are; without it, the list ends where no page brings another user.
    const total = answer.headers.get('elements-total-count');
    if (seen.size === before || (total !== null && offset >= Number(total))) return own;
  }
}
