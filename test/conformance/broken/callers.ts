import { all, answered, at, type Broken, byUser, sends, set, since } from './exchange.ts';

const me = 'GET /organizations/me';
const roles = 'PUT /organizations/roles/{id}';
const authorization =
  (holds: (text: string) => boolean) =>
  ({ sentHeaders }: { sentHeaders: Readonly<Record<string, string | undefined>> }) =>
    holds(sentHeaders.authorization ?? '');

export const brokenCallers: Readonly<Record<string, Broken>> = {
  'authorization-secrets': at(
    me,
    { status: 200 },
    authorization((text) => /^User \S+$/.test(text)),
  ),
  'authorization-order': at(
    me,
    { status: 401 },
    authorization((text) => text.startsWith('Organization')),
  ),
  'authorization-bearer': at(
    'GET /users/{id}',
    { status: 200 },
    authorization((text) => text === 'Bearer of-nobody'),
  ),
  'authorization-parts': at(
    me,
    { status: 200 },
    authorization((text) => text.endsWith('Basic YTpi')),
  ),
  'authorization-element-part': at(
    me,
    { status: 401 },
    authorization((text) => text.includes('Element: abc')),
  ),
  'inactive-user-refused': at(
    me,
    { status: 200 },
    all(byUser, answered(401), since('PATCH /accounts/{id}/users/{userId}', sends('"active":false'))),
    ['token-end'],
  ),
  'tenants-sealed': at('GET /accounts/1', { status: 200 }),
  'accounts-need-org-admin': at('GET /accounts/{id}/roles', { status: 200 }, byUser),
  'accounts-default-account-user': at(
    'GET /accounts',
    { status: 200 },
    all(byUser, since('POST /organizations/users')),
  ),
  'account-admin-users': at('POST /accounts/{id}/users', { status: 401 }, all(byUser, answered(200))),
  'refusal-status': at('PUT /organizations/password-policies', { status: 401 }, all(byUser, answered(403))),
  'organization-for-everyone': at(me, set({ id: 0 }), byUser),
  'own-user-for-everyone': at('GET /users/{email}', { status: 404 }, ({ path }) => path.includes('%40')),
  'privileges-decide': at(
    'GET /accounts/{id}/users',
    { status: 200 },
    all(
      byUser,
      answered(401),
      ({ earlier }) => earlier.filter(({ path }) => path.startsWith('/organizations/roles/')).length > 2,
    ),
  ),
  'privileges-of-users': at('GET /organizations/users', { status: 401 }, all(byUser, answered(200))),
  'privilege-modify-security': at('PUT /organizations/me', { status: 401 }, all(byUser, answered(200))),
  'privilege-configure-roles': at('GET /organizations/roles', { status: 403 }, all(byUser, answered(200))),
  'privileges-of-user-roles': at('PUT /users/{id}/roles/{key}', { status: 200 }, all(byUser, answered(401))),
  'users-above-own-role': at('DELETE /accounts/{id}/users/{userId}', { status: 200 }, all(byUser, answered(403))),
  'privileges-above-own': at(
    'POST /accounts/{id}/users',
    { status: 200 },
    all(byUser, answered(403), sends('default-user')),
  ),
  'configure-roles-unlimited': at(roles, set({ privileges: [] }), byUser),
};
