import type { AccountRecord, OrganizationRecord, Sequences, TokenRecord, UserRecord } from './records.ts';
import type { Replacement } from './table.ts';

/**
 * One step of a change, as the log of a data file has it and another process repeats it. Tokens have no ids here: they
 * get new ones whenever a data file is read.
 */
export type ChangeStep =
  | { readonly put: 'organizations'; readonly record: OrganizationRecord }
  | { readonly put: 'accounts'; readonly record: AccountRecord }
  | { readonly put: 'users'; readonly record: UserRecord }
  | { readonly remove: 'organizations' | 'accounts' | 'users'; readonly id: number }
  | { readonly token: string; readonly of: number }
  | { readonly ended: string };

/** The steps of a change, in the order in which they were made. */
export interface ChangeSteps {
  /** Data files have this name. */
  readonly operations: readonly ChangeStep[];
  /** The sequences after the change, if it used some. */
  readonly next?: Sequences | undefined;
}

/** A replacement and the table in which it was made. */
export type TableChange =
  | { readonly table: 'organizations'; readonly change: Replacement<OrganizationRecord> }
  | { readonly table: 'accounts'; readonly change: Replacement<AccountRecord> }
  | { readonly table: 'users'; readonly change: Replacement<UserRecord> }
  | { readonly table: 'tokens'; readonly change: Replacement<TokenRecord> };

/** The step that repeats a replacement. */
export function stepOf({ table, change }: TableChange): ChangeStep {
  const { id } = change;
  if (table === 'tokens') {
    return change.after === undefined
      ? { ended: change.before?.token ?? '' }
      : { token: change.after.token, of: change.after.userId };
  }
  if (change.after === undefined) return { remove: table, id };
  if (table === 'organizations') return { put: table, record: change.after };
  return table === 'accounts' ? { put: table, record: change.after } : { put: table, record: change.after };
}
