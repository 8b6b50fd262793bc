import type { CheckedUser } from './fixture-schema.ts';
import type { OrganizationRecord } from './records.ts';

/** The user who created an organisation of which the fixture names none. */
export function administratorOf(organization: OrganizationRecord): CheckedUser {
  return {
    firstName: 'Organization',
    lastName: 'Administrator',
    email: `admin@organization-${organization.id}.example`,
    password: 'Passw0rd!',
  };
}

/** The external id of an account for which none is written: its id, when no other account has that. */
export function freeExternalId(id: number, taken: ReadonlySet<string | undefined>): string {
  let externalId = String(id);
  while (taken.has(externalId)) externalId = `account-${externalId}`;
  return externalId;
}
