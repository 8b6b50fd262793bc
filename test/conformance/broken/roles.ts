import {
  after,
  all,
  answered,
  at,
  type Broken,
  byAdmin,
  byUser,
  listOf,
  sends,
  set,
  setIn,
  since,
} from './exchange.ts';

const roles = 'GET /organizations/roles';
const accountRole = 'PUT /accounts/{id}/roles/admin';
const userRole = '/users/{id}/roles/{key}';
const users = '/accounts/{id}/users';

export const brokenRoles: Readonly<Record<string, Broken>> = {
  'role-catalog': at(roles, set({ features: undefined }), byAdmin),
  'role-admin-name': at(
    roles,
    setIn('admin', (role) => ({ ...role, name: 'Administrator' })),
    byAdmin,
  ),
  'privilege-keys': at(
    roles,
    setIn('org-admin', (role) => ({ ...role, privileges: [...listOf(role.privileges), { key: 'fly' }] })),
    byAdmin,
    ['privileges-by-role'],
  ),
  'privileges-by-role': at(
    roles,
    setIn('org', (role) => ({ ...role, privileges: listOf(role.privileges).slice(1) })),
    byAdmin,
  ),
  'privileges-without-effect': at(
    roles,
    setIn('org-admin', (role) => ({
      ...role,
      privileges: listOf(role.privileges).filter(({ key }) => key !== 'viewLogsOrg'),
    })),
    byAdmin,
    ['privilege-keys', 'privileges-by-role'],
  ),
  'role-own-and-account': at('POST /authentication', set({ roles: [{ key: 'org' }] }), since(accountRole)),
  'account-roles': at('PUT /accounts/{id}/roles/org', { status: 409 }),
  'account-role-effect': at(`GET ${users}`, { status: 401 }, all(byUser, after(accountRole))),
  'user-body-roles': at(`POST ${users}`, { status: 400 }, sends('sys-admin')),
  'user-roles-replaced': at(
    `PATCH ${users}/{userId}`,
    set({ roles: [{ key: 'default-user' }, { key: 'org' }] }),
    all(byAdmin, ({ sent }) => sent === '{"roles":[]}'),
  ),
  'role-check-order': at('PUT /users/999999999/roles/sys-admin', { status: 403 }),
  'role-target-above': at(`PUT ${userRole}`, { status: 200 }, all(byUser, answered(403)), [
    'privileges-above-own',
    'role-check-order',
  ]),
  'role-endpoint-limits': at('DELETE /users/{id}/roles/org', { status: 200 }),
  'organization-roles': at('PUT /organizations/roles', { status: 200 }),
  'role-system-privilege': at('PUT /organizations/roles/{id}', set({ message: 'No' }), sends('"system"')),
  'role-default-user-intelligence': at(
    'PUT /organizations/roles/{id}',
    set({ message: 'No' }),
    ({ sent }) => sent === '{"privileges":[{"key":"intelligence"}]}',
  ),
  'roles-reset': at(
    'PUT /organizations/roles/reset',
    setIn('default-user', (role) => ({ ...role, privileges: [{ key: 'viewUsersAccount' }] })),
  ),
};
