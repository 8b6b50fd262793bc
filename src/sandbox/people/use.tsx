import { body, callAs, caller, openConsole } from '../console/state.ts';
import { get, type Page, query, type User } from '../state/api.ts';
import { attempt } from '../state/toasts.ts';
import { isGone, organizationOf, shown } from './shown.ts';

interface UseProps {
  readonly label: string;
  readonly operation?: string;
  /** Whom to call as. */
  readonly user?: string | undefined;
  /** The organisation of what is to be changed: who calls must be of it. */
  readonly organization?: number;
  /** What to send in place of the operation's example. */
  readonly sent?: object;
}

/** Goes to the console, with an operation or a caller filled in. */
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

/** The administrator of an organisation, unless who calls is of it already. */
async function callerOf(organization: number): Promise<string | undefined> {
  const administrator = organizationOf(organization)?.administrator;
  const typed = caller.value.trim();
  if (administrator === undefined || typed === administrator) return undefined;
  const where = /^\d+$/.test(typed) ? `id=${typed}` : `email='${typed.replaceAll("'", "''")}'`;
  const found = await attempt(() => get<Page<User>>(`/users${query({ where, organization, pageSize: 1 })}`));
  return found?.total === 0 ? administrator : undefined;
}
