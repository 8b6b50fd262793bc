import { externalKey } from '../../state/keys.ts';
import type { AccountRecord, OrganizationRecord } from '../../state/records.ts';
import { UniqueError } from '../../state/table.ts';
import type { Caller, Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { type List, type ListQuery, list, type Source } from '../lists.ts';
import { deactivateUser } from '../users/user-rules.ts';
import type { AccountCreate, AccountUpdate } from './schemas.ts';
import { accountView } from './views.ts';

/** The rules of /accounts (seed 000). */

/**
 * Finds an account of the caller's organization, also an inactive one (seed 000: "you can still find the account").
 *
 * @param includeInactive `false` makes an inactive account unknown.
 * @throws {NotFoundError} for an unknown id and for one of another organization alike.
 */
export function getAccount({ state }: Context, caller: Caller, id: string, includeInactive = true): AccountRecord {
  const account = state.accounts.get(Number(id));
  const isOwn = account !== undefined && account.organizationId === caller.organization.id;
  if (!isOwn || !(includeInactive || account.active)) throw unknownAccount(id);
  return account;
}

/** The text is the platform's. */
export function unknownAccount(id: string): NotFoundError {
  return new NotFoundError(`No account found with ID ${id}`);
}

/** Lists the accounts by ascending id; inactive ones "are not retrieved" unless asked for (seed 000). */
export function listAccounts(
  { state }: Context,
  findOrganization: () => OrganizationRecord,
  query: ListQuery,
  includeInactive: boolean,
): List {
  const source = (organizationId: number): Source<AccountRecord> => ({
    ids: state.accounts.group(includeInactive ? 'organization' : 'activeInOrganization', organizationId),
    order: 'ascending',
    get: (id) => state.accounts.get(id),
    lookUp: (field, value) => {
      if (field === 'id') return [state.accounts.get(Number(value))];
      if (field !== 'externalId') return undefined;
      const ids = state.accounts.group('externalId', externalKey(organizationId, value));
      return ids.map((id) => state.accounts.get(id));
    },
    isListed: (account) => account.organizationId === organizationId && (includeInactive || account.active),
  });
  return list(() => source(findOrganization().id), accountView, query);
}

/** Without `name` and `description`, each "will be whatever value you provide for externalId" (seed 000). */
export function createAccount(context: Context, caller: Caller, body: AccountCreate): AccountRecord {
  const { externalId, name = externalId, description = externalId } = body;
  const { state, clock } = context;
  return state.attempt(() => {
    const account: AccountRecord = {
      id: state.nextId('account'),
      organizationId: caller.organization.id,
      name,
      description,
      externalId,
      active: true,
      defaultAccount: false,
      createdDate: clock.now(),
      roles: [],
    };
    putAccount(context, account);
    return account;
  });
}

/**
 * Changes an account. With `active: false` it deactivates the users of the account in the same step, as
 * "the account deletion deactivates the users" (seed 000); with `permanent` it removes them for good.
 * It does not reactivate the users of an account: "you must reactivate them separately" (seed 000).
 */
export function updateAccount(
  context: Context,
  caller: Caller,
  id: string,
  body: AccountUpdate,
  permanent: boolean,
): AccountRecord {
  const account = { ...getAccount(context, caller, id), ...body };
  putAccount(context, account);
  if (body.active === false) deactivateUsers(context, account, permanent);
  return account;
}

/** Deletes an account, which is the same as deactivating it (seed 000); a second call changes nothing. */
export function deleteAccount(context: Context, caller: Caller, id: string): void {
  updateAccount(context, caller, id, { active: false }, false);
}

function putAccount({ state }: Context, account: AccountRecord): void {
  try {
    state.accounts.put(account);
  } catch (error) {
    if (!(error instanceof UniqueError)) throw error;
    throw new ConflictError(
      `Account ${error.holder} has the externalId '${account.externalId}' already: it must be unique among active accounts.`,
    );
  }
}

/** @param permanent removes the users for good instead (row `account-permanent`). */
function deactivateUsers(context: Context, account: AccountRecord, permanent: boolean): void {
  const { users } = context.state;
  for (const id of users.group(permanent ? 'account' : 'activeInAccount', account.id)) {
    const user = users.get(id);
    if (permanent) context.state.deleteUser(id);
    else if (user !== undefined) deactivateUser(context, user);
  }
}
