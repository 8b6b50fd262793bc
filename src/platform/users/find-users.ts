import { externalKey } from '../../state/keys.ts';
import type { AccountRecord, OrganizationRecord, UserRecord } from '../../state/records.ts';
import type { State } from '../../state/state.ts';
import { foldCase } from '../../text/fold-case.ts';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { isId } from '../is-id.ts';
import { type List, type ListQuery, list, type Source } from '../lists.ts';
import type { View } from '../view.ts';

/** How the rules of /accounts/{id}/users, /organizations/users and /users find users. */

/**
 * Finds a user by id or email, regardless of case, among those whom the caller can see.
 *
 * @param isVisible whether the caller can see a user.
 * @param includeInactive seed 000 finds inactive ones too.
 * @throws {NotFoundError} for a user who does not exist and for one whom the caller cannot see alike.
 */
export function findUser(
  { state }: Context,
  emailOrId: string,
  isVisible: (user: UserRecord) => boolean,
  includeInactive = true,
): UserRecord {
  const user = lookUpUser(state, emailOrId);
  if (user === undefined || !isVisible(user) || !(includeInactive || user.active)) {
    throw new NotFoundError(`No user found with ${isId(emailOrId) ? 'ID' : 'email'} ${emailOrId}`);
  }
  return user;
}

/** The user of any organization with this id or email. */
export function lookUpUser(state: State, emailOrId: string): UserRecord | undefined {
  return isId(emailOrId) ? state.users.get(Number(emailOrId)) : state.users.find('email', foldCase(emailOrId));
}

/** The account or the organization whose users a list has. */
export type UserScope = { readonly account: AccountRecord } | { readonly organization: OrganizationRecord };

/**
 * Lists the users of an account or an organization, by descending id (seed 002 lists 413 before 412).
 *
 * @param includeInactive seed 000 lists inactive ones too.
 * @throws {NotFoundError} when no user matches (seed 000).
 */
export function listUsersOf(
  { state }: Context,
  findScope: () => UserScope,
  view: View<UserRecord>,
  query: ListQuery,
  includeInactive = true,
): List {
  const source = (scope: UserScope): Source<UserRecord> => {
    const [group, activeGroup, id, organizationId] =
      'account' in scope
        ? (['account', 'activeInAccount', scope.account.id, scope.account.organizationId] as const)
        : (['organization', 'activeInOrganization', scope.organization.id, scope.organization.id] as const);
    const { users } = state;
    return {
      ids: users.group(includeInactive ? group : activeGroup, id),
      order: 'descending',
      get: (user) => users.get(user),
      lookUp: (field, value) => {
        if (field === 'id') return [users.get(Number(value))];
        if (field === 'email') return [users.find('email', foldCase(value))];
        if (field !== 'externalId') return undefined;
        return users.group('externalId', externalKey(organizationId, value)).map((user) => users.get(user));
      },
      isListed: (user) =>
        (group === 'account' ? user.accountId : user.organizationId) === id && (includeInactive || user.active),
    };
  };
  const found = list(() => source(findScope()), view, query);
  if (found.total === 0) throw new NotFoundError('No users found');
  return found;
}
