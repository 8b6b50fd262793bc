import { body, callAs, caller, openConsole } from '../console/state.ts';
import { get, type Page, query, type User } from '../state/api.ts';
import { attempt } from '../state/toasts.ts';
import { isGone, organizationOf, shown } from './shown.ts';

interface UseProps {
  readonly label: string;
  readonly operation?: string;
  /** The caller. */
  readonly user?: string | undefined;
  /** The organization of the record to change; the caller must belong to it. */
  readonly organization?: number;
  /** The body to send instead of the operation's example. */
  readonly sent?: object;
}

/** A button that opens the console with an operation or a caller filled in. */
export function Use({ operation, user, organization, sent, label }: UseProps) {
  const onClick = async () => {
    const who = user ?? (organization === undefined ? undefined : await callerOf(organization));
    shown.value = undefined;
    if (who !== undefined) callAs(who);
    openConsole(operation);
    if (sent !== undefined) body.value = JSON.stringify(sent, null, 2);
  };
  return (
    <button type="button" disabled={isGone.value} onClick={onClick}>
      {label}
    </button>
  );
}

/** The administrator of an organization, unless the present caller belongs to it already. */
async function callerOf(organization: number): Promise<string | undefined> {
  const administrator = organizationOf(organization)?.administrator;
  const typed = caller.value.trim();
  if (administrator === undefined || typed === administrator) return undefined;
  const where = /^\d+$/.test(typed) ? `id=${typed}` : `email='${typed.replaceAll("'", "''")}'`;
  const found = await attempt(() => get<Page<User>>(`/users${query({ where, organization, pageSize: 1 })}`));
  return found?.total === 0 ? administrator : undefined;
}
