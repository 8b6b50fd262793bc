import { signal } from '@preact/signals';
import { organizations } from '../state/records.ts';
import { findIn, useSuggestions } from '../state/suggest.ts';
import { Sheet } from '../ui/sheet.tsx';
import { UserOptions } from '../ui/user-options.tsx';
import { visible } from '../words.ts';
import { BaseUrl } from './base-url.tsx';
import { Secrets } from './secrets.tsx';

const isOpen = signal(false);
/** The email or id whose secrets are wanted. */
const typed = signal('');

/** Shows what a client needs to call the emulator, of the administrator at first. */
export function openConnect(): void {
  typed.value = organizations.value?.[0]?.administrator ?? '';
  isOpen.value = true;
}

/** The sheet with the base URL and the secrets of any user. */
export function ConnectSheet() {
  return isOpen.value ? <Open /> : null;
}

function Open() {
  const wanted = typed.value.trim();
  const found = useSuggestions(wanted);
  const user = findIn(found.users, wanted);
  const organization = organizations.value?.find(({ id }) => id === user?.organizationId);
  const note = user === undefined ? (found.of === wanted ? 'no user has this email or id' : '') : organization?.name;
  return (
    <Sheet
      title="Connect a client"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <div class="field">
        <h3>Base URL</h3>
        <BaseUrl />
      </div>
      <div class="field">
        <label for="connect-user">As which user</label>
        <input
          id="connect-user"
          type="text"
          list="connect-users"
          spellcheck={false}
          autocomplete="off"
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <UserOptions id="connect-users" users={found.users} />
        <p class="field-note quiet" role="status">
          {visible(note ?? '')}
        </p>
      </div>
      <Secrets key={user?.id} user={user && String(user.id)} isDisabled={user === undefined} />
    </Sheet>
  );
}
