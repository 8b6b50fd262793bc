import { findIn, useSuggestions } from '../state/suggest.ts';
import { Inactive, Roles } from '../ui/badges.tsx';
import { UserOptions } from '../ui/user-options.tsx';
import { callAs, caller } from './state.ts';

/** The field for the caller: any user, or nobody. */
export function Caller({ isOpen }: { isOpen: boolean }) {
  const typed = caller.value.trim();
  const found = useSuggestions(typed);
  const user = findIn(found.users, typed);
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
        placeholder={isOpen ? 'needs no credentials' : 'nobody: without credentials'}
        disabled={isOpen}
        value={isOpen ? '' : caller.value}
        onInput={({ currentTarget }) => callAs(currentTarget.value)}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <UserOptions id="callers" users={found.users} />
      <span class="caller-note">
        {!isOpen && user !== undefined && (
          <>
            {user.active ? <Roles keys={user.roles} /> : <Inactive />}
            {user.active && user.roles.length === 0 && <span>no role</span>}
            <span>account {account}</span>
          </>
        )}
        {!isOpen && user === undefined && typed !== '' && found.of === typed && (
          <span>no user has this email or id</span>
        )}
      </span>
    </div>
  );
}
