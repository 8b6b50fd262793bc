import type { Clock } from '../state/clock.ts';
import type { Ids } from '../state/ids.ts';
import type { AccountRecord, OrganizationRecord, RoleKey, UserRecord } from '../state/records.ts';
import type { State } from '../state/state.ts';

/** The context of every rule. */
export interface Context {
  readonly state: State;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The caller: an active user of an active organization, known by secrets or a token. */
export interface Caller {
  readonly user: UserRecord;
  readonly organization: OrganizationRecord;
  readonly account: AccountRecord;
  /** The user's own roles and the account's. */
  readonly roles: readonly RoleKey[];
}
