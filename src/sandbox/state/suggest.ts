import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { get, type Page, query, type User } from './api.ts';
import { organizations, revision } from './records.ts';

const suggestions = 12;
/** How long to wait after the last keystroke before searching, in milliseconds. */
const rest = 200;

/** Users with the text they were found for: results for another text do not count. */
export interface Suggested {
  readonly of: string | undefined;
  readonly users: readonly User[];
}

/** Users that match a text, found a moment after the last keystroke. */
export function useSuggestions(typed: string): Suggested {
  const found = useSignal<Suggested>({ of: undefined, users: [] });
  useEffect(() => {
    const timer = setTimeout(async () => {
      found.value = { of: typed, users: await suggest(typed).catch(() => []) };
    }, rest);
    return () => clearTimeout(timer);
  }, [typed, revision.value]);
  return found.value;
}

/** The user with this email or id. */
export function findIn(users: readonly User[], typed: string): User | undefined {
  return users.find(({ email, id }) => email.toLowerCase() === typed.toLowerCase() || String(id) === typed);
}

/** Finds users that match the typed text, with the one of that id or email first. */
async function suggest(typed: string): Promise<readonly User[]> {
  const administrators = (organizations.value ?? []).flatMap(({ administrator }) => administrator ?? []).slice(0, 5);
  const text = typed.replaceAll("'", "''");
  const one = (where: string) => get<Page<User>>(`/users${query({ where, pageSize: suggestions })}`);
  const isWhole = typed === '' || administrators.includes(typed);
  const [first, more] = await Promise.all([
    /^\d+$/.test(typed) ? one(`id=${typed}`) : one(`email='${text}'`),
    one(isWhole ? 'active=true' : `email LIKE '%${text}%' OR name='${text}'`),
  ]);
  const others = [...first.items, ...more.items];
  return others.filter(({ id }, index) => others.findIndex((other) => other.id === id) === index);
}
