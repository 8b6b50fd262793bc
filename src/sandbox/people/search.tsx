import { computed, type Signal, signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { type Account, get, query, type User } from '../state/api.ts';
import { PagedList } from '../state/paged-list.ts';
import { organizations, revision } from '../state/records.ts';
import { sessionText } from '../state/session.ts';
import { ActiveList } from '../ui/active-list.tsx';
import { Inactive, Placeholder, Roles } from '../ui/badges.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { counted, visible } from '../words.ts';
import { isPlain, readSearch } from './plain-words.ts';
import { SearchIssue } from './search-issue.tsx';
import { organizationOf, show } from './shown.ts';

type Kind = 'users' | 'accounts';

const storedKind = sessionText('search kind', 'users');
const kind = computed((): Kind => (storedKind.value === 'accounts' ? 'accounts' : 'users'));
const typed = sessionText('search');
/** The expression that is searched: the typed text, a moment after the last keystroke. */
export const where: Signal<string> = signal(typed.value.trim());
/** How long to wait after the last keystroke before searching, in milliseconds. */
const rest = 250;

const examples: Readonly<Record<Kind, readonly string[]>> = {
  users: ["email LIKE '%acme%'", 'active=false', "name='jane'"],
  accounts: ['active=false', "externalId LIKE 'c%'", 'defaultAccount=true'],
};

/** The box for words and for CEQL, whose issues are shown below it with their position. */
export function SearchBox() {
  useEffect(() => {
    const timer = setTimeout(() => {
      where.value = typed.value.trim() === '' ? '' : typed.value;
    }, rest);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const error = where.value === '' ? undefined : results.value.error.value;
  return (
    <search class="search">
      <div class="search-line">
        <Icon name="search" />
        <input
          type="text"
          aria-label={`Search ${kind.value}`}
          placeholder="Name, email, id, or CEQL"
          spellcheck={false}
          autocomplete="off"
          value={typed.value}
          aria-invalid={error !== undefined}
          aria-describedby="search-note"
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value;
          }}
          onKeyDown={({ key }) => {
            if (key === 'Escape') typed.value = '';
          }}
        />
        {typed.value !== '' && <Clear />}
      </div>
      <div class="search-options">
        <fieldset class="segments" aria-label="What to search">
          {(['users', 'accounts'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={kind.value === each}
              onClick={() => {
                storedKind.value = each;
              }}
            >
              {each}
            </button>
          ))}
        </fieldset>
      </div>
      {typed.value === '' && (
        <div class="search-examples">
          {examples[kind.value].map((example) => (
            <button key={example} type="button" class="chip" onClick={() => search(example)}>
              {example}
            </button>
          ))}
        </div>
      )}
      <div id="search-note" aria-live="polite">
        {error !== undefined && <SearchIssue text={where.value} error={error} />}
      </div>
    </search>
  );
}

function Clear() {
  return (
    <button
      type="button"
      class="ghost square clear"
      aria-label="Clear the search"
      onClick={({ currentTarget }) => {
        // Move the focus before the button that has it disappears.
        currentTarget.parentElement?.querySelector('input')?.focus();
        search('');
      }}
    >
      <Icon name="close" />
    </button>
  );
}

function search(text: string): void {
  typed.value = text;
  where.value = text;
}

type Found = { readonly kind: 'user'; readonly user: User } | { readonly kind: 'account'; readonly account: Account };

/** The results of a search; a new search has a new list. */
const results = computed(() => {
  const [what, text] = [kind.value, readSearch(where.value, kind.value)];
  const find = async (offset: number, pageSize: number) => {
    const path = `/${what}${query({ where: text, offset, pageSize })}`;
    if (what === 'users') {
      const { total, items } = await get<{ total: number; items: readonly User[] }>(path);
      return { total, items: items.map((user): Found => ({ kind: 'user', user })) };
    }
    const { total, items } = await get<{ total: number; items: readonly Account[] }>(path);
    return { total, items: items.map((account): Found => ({ kind: 'account', account })) };
  };
  return new PagedList<Found>(find);
});

export function SearchResults() {
  const list = results.value;
  useEffect(() => list.show(0, 1), [list]);
  const isFirst = useMemo(() => ({ revision: revision.value }), [list]);
  useEffect(() => {
    if (revision.value !== isFirst.revision) list.invalidate();
  }, [revision.value, list]);
  const total = list.total.value;
  if (list.error.value !== undefined) return <div class="scroller" />;
  if (total === undefined) return <Empty icon="search" title="Searching…" />;
  if (total === 0) {
    return (
      <Empty icon="search" title={`No ${kind.value} match.`}>
        All organizations were searched, inactive {kind.value} too. <Others />
      </Empty>
    );
  }
  return (
    <>
      <p class="found" role="status">
        {counted(total, kind.value.slice(0, -1))} found
      </p>
      <ActiveList
        label={`${kind.value} found`}
        role="listbox"
        count={total}
        rowHeight={52}
        keyOf={(index) => String(index)}
        onRange={(from, to) => list.show(from, to)}
        onOpen={(index) => {
          const found = list.get(index);
          if (found !== undefined) show(found);
        }}
      >
        {(index) => {
          const found = list.get(index);
          return found === undefined ? <Placeholder /> : <Result found={found} />;
        }}
      </ActiveList>
    </>
  );
}

/** Offers the matches of the other kind, when plain words have some. */
function Others() {
  const other: Kind = kind.value === 'users' ? 'accounts' : 'users';
  const text = where.value;
  const total = useSignal(0);
  useEffect(() => {
    total.value = 0;
    if (!isPlain(text)) return;
    // Without an answer nothing is offered.
    void get<{ total: number }>(`/${other}${query({ where: readSearch(text, other), pageSize: 1 })}`)
      .then((found) => {
        if (where.value === text) total.value = found.total;
      })
      .catch(() => undefined);
  }, [text, other, revision.value]);
  if (total.value === 0) return null;
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        storedKind.value = other;
      }}
    >
      {counted(total.value, other.slice(0, -1))} found
    </button>
  );
}

function Result({ found }: { found: Found }) {
  const record = found.kind === 'user' ? found.user : found.account;
  const words = found.kind === 'user' ? describeUser(found.user) : describeAccount(found.account);
  const [title = '', ...told] = words.map((word = '') => visible(word));
  const detail = told.filter(Boolean).join(' · ');
  return (
    <div class={`result ${record.active ? '' : 'inactive'}`}>
      <span class="name" title={title}>
        {title}
      </span>
      {record.active ? <Roles keys={record.roles} /> : <Inactive />}
      <span class="id">{record.id}</span>
      <span class="detail" title={detail}>
        {detail}
      </span>
    </div>
  );
}

type Words = readonly (string | undefined)[];

function describeUser({ email, firstName, lastName, organizationId, accountId }: User): Words {
  return [email, `${firstName} ${lastName}`.trim(), nameOf(organizationId), `account ${accountId}`];
}

function describeAccount({ name, externalId, organizationId, users }: Account): Words {
  return [name || externalId, externalId, nameOf(organizationId), counted(users, 'user')];
}

/** The name of the organization, if there is more than one. */
function nameOf(id: number): string | undefined {
  return organizations.value?.length === 1 ? undefined : organizationOf(id)?.name;
}
