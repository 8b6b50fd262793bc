import type { Access } from '../../src/platform/access.ts';
import type { Operation } from '../../src/platform/operation.ts';
import { type Answer, ok, refused } from './answers.ts';
import { everything, ofAdmin } from './privileges.ts';

/** Derives what the tests expect of an operation from the column `access`, for operations that their tables do not have. */

/** What opens an operation; `role`: only the role org-admin, `everybody`: no privilege is needed. */
export type Opens = { readonly organization: string; readonly account?: string } | 'role' | 'everybody';

export function opensOf(access: Access): Opens {
  if (access === 'anyone' || access === 'user') return 'everybody';
  if (access === 'org-admin') return 'role';
  const { organization, account } = access;
  return account === undefined ? { organization } : { organization, account };
}

const account = ['organizationAdministrator', 'accountAdministrator'] as const;
const administrators = [...account, 'administratorOfAnotherAccount'] as const;
const users = [...administrators, 'plainUserOfTheDefaultAccount', 'plainUserOfTheAccount'] as const;

/** The callers who may call an operation, on the paths of the samples; an empty list where everybody may. */
export function mayCall({ access, path }: Operation): readonly (typeof users)[number][] {
  if (access === 'anyone') return [];
  if (access === 'user') return users;
  if (access === 'org-admin' || access.account === undefined) return ['organizationAdministrator'];
  if (!everything.includes(access.organization) || !ofAdmin.includes(access.account)) return [];
  if (access.orOneself) return [...account, 'plainUserOfTheAccount'];
  return access.isAccountInPath || namesUser(path) ? account : administrators;
}

/** The privilege that a 403 names. */
export function lacksOf({ access }: Operation): string | undefined {
  return typeof access === 'object' && access.errorStatus === 403 ? access.organization : undefined;
}

/** The answer to the administrator of another organization: 403 from role endpoints, 404 from others. */
export function elsewhereOf({ path }: Operation): Answer {
  if (!path.includes('{')) return ok(expect.anything());
  return refused(path.includes('/roles') ? 403 : 404, expect.any(String));
}

/** The answer to the administrator of another account, who has the privilege, but not for the user in the path. */
export function outOfReachOf({ access, path }: Operation): { administratorOfAnotherAccount?: Answer } {
  const isOpen = typeof access === 'object' && access.account !== undefined && !access.isAccountInPath;
  return isOpen && namesUser(path) ? { administratorOfAnotherAccount: refused(404, expect.any(String)) } : {};
}

function namesUser(path: string): boolean {
  return /^\/users\/\{/.test(path);
}
