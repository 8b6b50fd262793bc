import { everything } from '../platform/privileges.ts';
import type { Source } from './source.ts';
import { pick } from './tenants.ts';

const policyNumber = /^(min|previous|expiration)/;

/** A value for a field of a body: new, or something that an organization has. */
export function fillField(field: string, { own, next, tenantOf }: Source): unknown {
  const from = next();
  const { n } = from;
  const tenant = tenantOf(from);
  const user = pick(tenant.users, n);
  const account = pick(tenant.accounts, n);
  const fresh = `${own.word}-${field}-x${n % 50}`;
  const choice = next().n;
  switch (field) {
    case 'id':
    case 'accountId':
    case 'companyId':
    case 'organizationId':
      return pick([account?.id, user?.id, tenant.id], choice);
    case 'secret':
      return tenant.secret;
    case 'externalId':
      return pick([fresh, account?.externalId, user?.externalId, tenant.id], choice);
    case 'name':
      return pick([fresh, account?.name ?? fresh], choice);
    case 'email':
      return (choice % 5 < 2 ? user?.email : undefined) ?? `${own.word}.new${n % 100}@${own.word}.example`;
    case 'username':
      return pick([fresh, user?.username, user?.email], choice) ?? fresh;
    case 'password':
      return `${own.word}-password-X${n % 9}-new`;
    case 'roles':
      return n % 4 !== 0 ? [] : [{ key: pick(['admin', 'default-user', 'org-admin', 'sys-admin', 'boss'], choice) }];
    case 'privileges':
      // All but one, so that a user with many privileges keeps most of them.
      return [
        ...everything.filter((_, index) => index !== n % everything.length).map((key) => ({ key })),
        ...(choice % 4 === 0 ? [{ key: pick(['intelligence', 'system', 'x'], n) }] : []),
      ];
    case 'key':
      return pick(['admin', 'default-user', 'org', 'org-admin'], n);
    case 'active':
      return n % 3 !== 0;
    case 'createdDate':
      return '2019-05-06';
    case 'minLength':
      return 8 + (n % 4);
    case 'symbolCharacterSet':
      return `-${own.word}`;
    default:
      return policyNumber.test(field) ? n % 2 : fresh;
  }
}

/** Somebody's name with the own password; of the other organization with a wrong one, for the right one is its own. */
export function fillLogIn({ own, next, tenantOf }: Source): object {
  const from = next();
  const user = pick(tenantOf(from).users, from.n);
  const username = next().n % 2 === 0 ? user?.username : undefined;
  const wrong = pick(own.users, next().n)?.password;
  return { username: username ?? user?.email ?? 'nobody', password: (from.isOwn ? user?.password : wrong) ?? 'none' };
}
