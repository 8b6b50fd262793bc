import { signal } from '@preact/signals';
import type { Account, Organization, User } from '../state/api.ts';
import { chosen } from '../state/world.ts';

/** A record that is looked at closely. */
export type Shown =
  | { readonly kind: 'organization'; readonly organization: Organization }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'user'; readonly user: User };

export const shown = signal<Shown | undefined>(undefined);

/** Opens a record, and lets the console fill in its paths with it. */
export function show(record: Shown): void {
  shown.value = record;
  const { account, user } = chosen.value;
  if (record.kind === 'organization') chosen.value = { organization: record.organization.id };
  else if (record.kind === 'account') {
    const { account } = record;
    const isOwn = user?.accountId === account.id;
    chosen.value = { organization: account.organizationId, account, ...(isOwn ? { user } : {}) };
  } else {
    const isOwn = account?.id === record.user.accountId;
    chosen.value = { organization: record.user.organizationId, user: record.user, ...(isOwn ? { account } : {}) };
  }
}
