import { useComputed } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { freshAt } from '../state/paged-list.ts';
import { fold, organizations, unfolded } from '../state/records.ts';
import { ActiveList } from '../ui/active-list.tsx';
import { Inactive, Placeholder, Roles } from '../ui/badges.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { counted, visible } from '../words.ts';
import { indexOfWanted, revealed, wanted } from './reveal.ts';
import { type Shown, show } from './shown.ts';
import { fetchRows, isParent, type Row, treeRows } from './tree-rows.ts';

const rowHeight = 34;
/** How long a row is marked as new or changed, in milliseconds. */
const noticing = 4000;

/** The tree of organizations, their accounts and their users. */
export function Tree() {
  const rows = useComputed(treeRows).value;
  const target = useTarget(rows);
  if (organizations.value === undefined) return <Empty icon="people" title="Loading…" />;
  if (rows.length === 0) return <Empty icon="people" title="There is no organization." />;

  const at = (index: number) => rows[index];
  const isOpen = (row: Row) => unfolded.value.has(row.key);
  return (
    <ActiveList
      label="Organizations, accounts and users"
      target={target}
      role="tree"
      count={rows.length}
      rowHeight={rowHeight}
      keyOf={(index) => at(index)?.key ?? String(index)}
      onRange={(from, to) => fetchRows(rows.slice(from, to))}
      onOpen={(index) => open(at(index))}
      onKey={(key, index) => {
        const row = at(index);
        if (row === undefined) return false;
        if (key === 'ArrowRight' && isParent(row)) return isOpen(row) ? index + 1 : foldRow(row, true);
        if (key === 'ArrowLeft') return isOpen(row) && isParent(row) ? foldRow(row, false) : row.parent;
        return false;
      }}
      rowProps={(index) => {
        const row = at(index);
        if (row === undefined) return {};
        return {
          'aria-level': row.level,
          'aria-setsize': row.size,
          'aria-posinset': row.position,
          class: `tree-row level-${row.level} ${isInactive(row) ? 'inactive' : ''} ${isFresh(row) ? 'fresh' : ''}`,
          ...(isParent(row) ? { 'aria-expanded': isOpen(row) } : {}),
        };
      }}
    >
      {(index) => {
        const row = at(index);
        return row === undefined ? null : <Content row={row} isOpen={isOpen(row)} />;
      }}
    </ActiveList>
  );
}

/** The row to bring into view: the nearest above it while it has not arrived. */
function useTarget(rows: readonly Row[]): { readonly index: number } | undefined {
  const [target, setTarget] = useState<{ readonly index: number }>();
  const places = wanted.value;
  useEffect(() => {
    if (places === undefined) return;
    const index = indexOfWanted(rows, places);
    if (index < 0) return;
    setTarget({ index });
    const key = places.at(-1)?.key;
    if (rows[index]?.key !== key || key === undefined) return;
    wanted.value = undefined;
    revealed.value = { key, at: performance.now() };
  }, [rows, places]);
  return target;
}

function foldRow({ key }: Row, isOpen: boolean): true {
  fold(key, isOpen);
  return true;
}

function isFresh(row: Row): boolean {
  const last = revealed.value;
  if (last?.key === row.key && performance.now() - last.at < noticing) return true;
  const record = row.kind === 'account' ? row.account : row.kind === 'user' ? row.user : undefined;
  const at = record && freshAt.get(record);
  return at !== undefined && performance.now() - at < noticing;
}

function isInactive(row: Row): boolean {
  if (row.kind === 'organization') return !row.organization.active;
  return row.kind === 'account' ? row.account?.active === false : row.user?.active === false;
}

function open(row: Row | undefined): void {
  const record = row && shownOf(row);
  if (record !== undefined) show(record);
}

function shownOf(row: Row): Shown | undefined {
  if (row.kind === 'organization') return { kind: 'organization', organization: row.organization };
  if (row.kind === 'account') return row.account && { kind: 'account', account: row.account };
  return row.user && { kind: 'user', user: row.user };
}

function Content({ row, isOpen }: { row: Row; isOpen: boolean }) {
  return (
    <>
      <Twist row={row} isOpen={isOpen} />
      {row.kind === 'organization' && (
        <>
          <Name text={row.organization.name} id={row.organization.id} />
          {!row.organization.active && <Inactive />}
          <Id id={row.organization.id} />
        </>
      )}
      {row.kind === 'account' && <AccountRow row={row} />}
      {row.kind === 'user' && <UserRow row={row} />}
    </>
  );
}

function AccountRow({ row: { account } }: { row: Extract<Row, { kind: 'account' }> }) {
  if (account === undefined) return <Placeholder />;
  const { name, externalId, active, defaultAccount, roles, users, id } = account;
  return (
    <>
      <Name text={name || externalId} id={id} />
      {defaultAccount && <span class="role">default</span>}
      {active ? <Roles keys={roles} /> : <Inactive />}
      {users > 0 && (
        <span class="people-count" title={counted(users, 'user')}>
          {users.toLocaleString('en')}
        </span>
      )}
      <Id id={id} />
    </>
  );
}

function UserRow({ row: { user } }: { row: Extract<Row, { kind: 'user' }> }) {
  if (user === undefined) return <Placeholder />;
  return (
    <>
      <Name text={user.email} id={user.id} />
      {user.active ? <Roles keys={user.roles} /> : <Inactive />}
      <Id id={user.id} />
    </>
  );
}

/** The name of a row; the tooltip has it in full with the id, because there may be no room for both. */
function Name({ text: given, id }: { text: string; id: number }) {
  const text = visible(given);
  return (
    <span class="name" title={`${text} (${id})`}>
      {text}
    </span>
  );
}

function Id({ id }: { id: number }) {
  return <span class="id">{id}</span>;
}

/** The arrow that folds a row with the mouse; the keyboard folds with the arrow keys. */
function Twist({ row, isOpen }: { row: Row; isOpen: boolean }) {
  if (!isParent(row)) return <span class="twist" />;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the arrow keys of the tree do it
    <span
      class={`twist parent ${isOpen ? 'open' : ''}`}
      onClick={(event) => {
        event.stopPropagation();
        foldRow(row, !isOpen);
      }}
    >
      <Icon name="chevron" />
    </span>
  );
}
