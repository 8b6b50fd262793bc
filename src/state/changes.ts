import type { AccountRecord, OrganizationRecord, Sequences, TokenRecord, UserRecord } from './records.ts';
import type { Replacement } from './table.ts';

/**
 * One step of a change, in a form that can be written down and made again in another process.
 * Tokens have no ids here: those are given anew whenever a data file is read.
 */
export type Operation =
  | { readonly put: 'organizations'; readonly record: OrganizationRecord }
  | { readonly put: 'accounts'; readonly record: AccountRecord }
  | { readonly put: 'users'; readonly record: UserRecord }
  | { readonly remove: 'organizations' | 'accounts' | 'users'; readonly id: number }
  | { readonly token: string; readonly of: number }
  | { readonly ended: string };

/** What a change is made of, in the order in which it was made. */
export interface Operations {
  readonly operations: readonly Operation[];
  /** The sequences after it, when it has moved them on. */
  readonly next?: Sequences | undefined;
}

/** A replacement in a table, of whichever table it is. */
export type TableChange =
  | { readonly table: 'organizations'; readonly change: Replacement<OrganizationRecord> }
  | { readonly table: 'accounts'; readonly change: Replacement<AccountRecord> }
  | { readonly table: 'users'; readonly change: Replacement<UserRecord> }
  | { readonly table: 'tokens'; readonly change: Replacement<TokenRecord> };

/** Writes a replacement down. */
export function operationOf({ table, change }: TableChange): Operation {
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
