import type { Context } from './context.ts';
import { NotRun } from './difference.ts';
import { isRecord, type JsonRecord } from './json.ts';
import { listOf, prepared, recordsOf, textOf } from './read.ts';

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
  // In their order, so that they are put back as they were.
  const before = recordsOf(role, 'privileges', `role ${key}`).map((entry) => textOf(entry, 'key', `role ${key}`));
  const put = (keys: readonly string[]) => ({ privileges: keys.map((privilege) => ({ key: privilege })) });
  context.workspace.undoLater(async (caller) => {
    prepared(await caller.put(`/organizations/roles/${String(id)}`, put(before)));
  });
  prepared(await context.admin.put(`/organizations/roles/${String(id)}`, put(change(before))));
}

/** What a call can set of a password policy (docs/fidelity.md#password-policy-bounds). */
const bounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
  minLength: [8, 100],
  minUppercase: [0, 10],
  minLowercase: [0, 10],
  minNumbers: [0, 10],
  minSymbols: [0, 10],
  previousPasswordCount: [0, 9],
  expirationDays: [0, Number.POSITIVE_INFINITY],
};

/** What knows the policy, and will put it back. */
interface PolicyKeeper {
  readonly organization: JsonRecord;
  readonly workspace: Pick<Context['workspace'], 'undoLater'>;
}

/** Puts the password policy back when the check is over. @throws {NotRun} when no call could set it to what it is. */
export function keepPolicy({ organization, workspace }: PolicyKeeper): JsonRecord {
  const policy = organization.passwordPolicy;
  if (!isRecord(policy)) throw new NotRun('the organization shows no password policy, so it could not be put back');
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = policy[name];
    if (typeof value === 'number' && value >= least && value <= most) continue;
    const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
    const why = `its ${name} is ${JSON.stringify(value) ?? 'not shown'}, and a call can set ${range}`;
    throw new NotRun(`the organization's password policy could not be put back: ${why}`);
  }
  workspace.undoLater(async (caller) => {
    prepared(await caller.put('/organizations/password-policies', policy));
  });
  return policy;
}
