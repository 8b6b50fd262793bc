import type { CheckedFixture } from './fixture-schema.ts';

/** The ids that a fixture has, by kind of record. */
export type WrittenIds = Readonly<Record<'organization' | 'account' | 'user', ReadonlySet<number>>>;

/**
 * Collects the ids that are written in a fixture.
 *
 * @param fail told of each that is there twice.
 */
export function writtenIds(
  { organizations }: CheckedFixture,
  fail: (pointer: string, problem: string, record: { id?: number }) => void,
): WrittenIds {
  const written = { organization: new Set<number>(), account: new Set<number>(), user: new Set<number>() };
  // The pointers are made for the one that fails: there can be very many that do not.
  const claim = (kind: keyof WrittenIds, record: { id?: number }, pointer: () => string) => {
    const { id } = record;
    if (id === undefined) return;
    if (written[kind].has(id)) {
      fail(`${pointer()}/id`, `found ${id}, expected an id that no other ${kind} has`, record);
    }
    written[kind].add(id);
  };
  organizations.forEach((organization, o) => {
    claim('organization', organization, () => `/organizations/${o}`);
    organization.accounts?.forEach((account, a) => {
      claim('account', account, () => `/organizations/${o}/accounts/${a}`);
      account.users?.forEach((user, u) => {
        claim('user', user, () => `/organizations/${o}/accounts/${a}/users/${u}`);
      });
    });
  });
  return written;
}
