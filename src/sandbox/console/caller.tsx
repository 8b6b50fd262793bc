import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { get, type Page, query, type User } from '../state/api.ts';
import { organizations, revision } from '../state/records.ts';
import { Inactive, Roles } from '../ui/badges.tsx';
import { callAs, caller } from './state.ts';

const suggestions = 12;
/** How long to wait after the last keystroke before searching, in milliseconds. */
const rest = 200;

/** The field for the caller: any user, or nobody. */
export function Caller({ isOpen }: { isOpen: boolean }) {
  /** The users found, with the text they were found for: results for another text do not count. */
  const found = useSignal<{ readonly of: string; readonly users: readonly User[] }>({ of: '', users: [] });
  const typed = caller.value.trim();
  useEffect(() => {
    const timer = setTimeout(async () => {
      found.value = { of: typed, users: await suggest(typed).catch(() => []) };
    }, rest);
    return () => clearTimeout(timer);
  }, [typed, revision.value]);
  const { users } = found.value;
  const user = users.find(({ email, id }) => email.toLowerCase() === typed.toLowerCase() || String(id) === typed);
  const account = user?.accountId;
  return (
    <div class="caller">
      <label for="caller">Call as</label>
      <input
        id="caller"
        type="text"
        list="callers"
        spellcheck={false}
        autocomplete="off"
        placeholder={isOpen ? 'everybody may call it' : 'nobody: without credentials'}
        disabled={isOpen}
        value={isOpen ? '' : caller.value}
        onInput={({ currentTarget }) => callAs(currentTarget.value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <datalist id="callers">
        {users.map(({ id, email, firstName, lastName, roles }) => (
          <option key={id} value={email}>
            {`${firstName} ${lastName} ${roles.join(', ')}`.trim()}
          </option>
        ))}
      </datalist>
      <span class="caller-note">
        {!isOpen && user !== undefined && (
          <>
            {user.active ? <Roles keys={user.roles} /> : <Inactive />}
            {user.active && user.roles.length === 0 && <span>no role</span>}
            <span>account {account}</span>
          </>
        )}
        {!isOpen && user === undefined && typed !== '' && found.value.of === typed && (
          <span>nobody has this email or id</span>
        )}
      </span>
    </div>
  );
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
