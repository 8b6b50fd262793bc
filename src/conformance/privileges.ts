import type { Context } from './context.ts';
import { NotRun } from './difference.ts';
import type { JsonRecord } from './json.ts';
import { keysOf, listOf, objectOf, prepared } from './read.ts';

/** A role of the organization's catalog, by its key. @throws {NotRun} when there is none. */
export async function roleOf({ admin }: Pick<Context, 'admin'>, key: string): Promise<JsonRecord> {
  const role = listOf(prepared(await admin.get('/organizations/roles'))).find((entry) => entry.key === key);
  if (role === undefined) throw new NotRun(`the organization has no role '${key}'`);
  return role;
}

/** Changes the privileges of a role of the organization until the check is over. */
export async function changePrivileges(
  context: Pick<Context, 'admin' | 'workspace'>,
  key: string,
  change: (privileges: readonly string[]) => readonly string[],
): Promise<void> {
  const { id, ...role } = await roleOf(context, key);
  const before = keysOf(role, 'privileges', `role ${key}`);
  const put = (keys: readonly string[]) => ({ privileges: keys.map((privilege) => ({ key: privilege })) });
  context.workspace.undoLater(async (caller) => {
    prepared(await caller.put(`/organizations/roles/${String(id)}`, put(before)));
  });
  prepared(await context.admin.put(`/organizations/roles/${String(id)}`, put(change(before))));
}

/** Puts the password policy back when the check is over. @throws {NotRun} when no call could set it to what it is. */
export function keepPolicy({ organization, workspace }: Pick<Context, 'organization' | 'workspace'>): JsonRecord {
  const policy = objectOf({
    call: 'GET /organizations/me: passwordPolicy',
    status: 200,
    headers: new Headers(),
    text: '',
    body: organization.passwordPolicy,
  });
  const [length, count] = [Number(policy.minLength), Number(policy.previousPasswordCount)];
  if (length < 8 || length > 100 || count > 9) {
    throw new NotRun("the organization's password policy is one that no call can set, so it could not be put back");
  }
  workspace.undoLater(async (caller) => {
    prepared(await caller.put('/organizations/password-policies', policy));
  });
  return policy;
}
