import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import type { AccountRecord, OrganizationRecord, UserRecord } from '../store/records.ts';
import type { State } from '../store/state.ts';

/** What every rule may use. */
export interface World {
  readonly state: State;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Who calls: an active user with the organisation that the secrets name. */
export interface Caller {
  readonly user: UserRecord;
  readonly organization: OrganizationRecord;
  readonly account: AccountRecord;
}
