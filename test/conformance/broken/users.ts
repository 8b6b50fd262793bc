import { after, all, answered, at, type Broken, byAdmin, byUser, searched, sends, set, where } from './exchange.ts';

const users = '/accounts/{id}/users';
const user = '/accounts/{id}/users/{userId}';
const organizationUser = '/organizations/users/{id}';
const asksForSecret = ({ sentHeaders }: { sentHeaders: Readonly<Record<string, unknown>> }) =>
  'elements-user-password' in sentHeaders;
const deactivated = after(`PATCH ${user}`, sends('"active":false'));

export const brokenUsers: Readonly<Record<string, Broken>> = {
  'user-created': at(`POST ${users}`, set({ createdDate: undefined }), sends('"roles":[{"key":"admin"}]')),
  'user-required-fields': at(`POST ${users}`, set({ message: 'firstName' }), ({ sent }) => sent === '{}'),
  'user-password-secured': at(`PATCH ${user}`, set({ password: '' }), sends('{"firstName":"Other"}')),
  'user-secret-in-creation': at(`GET ${users}`, set({ secret: 'shown' }), all(answered(200), searched(''))),
  'user-secret-with-password': at(`GET ${user}`, set({ secret: 'shown' }), (exchange) => !asksForSecret(exchange)),
  'user-password-wrong': at(
    `GET ${user}`,
    { status: 403 },
    (exchange) => asksForSecret(exchange) && Object(exchange.body).secret === undefined,
  ),
  'user-secret-shown': at('GET /organizations/users', set({ secret: 'shown' }), asksForSecret),
  'user-is-object': at(`PATCH ${user}`, ({ body }) => ({ body: [body] }), sends('{"lastName":"Other"}')),
  'user-by-email': at(`GET ${user}`, { status: 404 }, ({ path }) => path.includes('%40')),
  'user-of-other-account': at('GET /accounts/20/users/{userId}', { status: 200 }),
  'user-patch': at(`PATCH ${user}`, set({ firstName: 'Compare' }), sends('"firstName":"Other","email"')),
  'user-patch-secret': at(`PATCH ${user}`, set({ secret: 'shown' }), asksForSecret),
  'user-delete': at(`GET ${user}`, { status: 200 }, after(`DELETE ${user}`)),
  'user-list-empty': at(`GET ${users}`, set({ message: 'None' }), all(answered(404), searched(''))),
  'user-inactive-found': at(`GET ${users}`, { body: [] }, deactivated, [
    'include-inactive',
    'user-inactive-flags',
    'where-users',
  ]),
  'user-id-once': at(
    `POST ${users}`,
    ({ body, earlier }) => ({ body: { ...Object(body), id: Object(earlier.at(-2)?.body).id } }),
    after(`DELETE ${user}`),
    ['body-not-taken', 'body-null', 'user-delete'],
  ),
  'user-self': at(`PATCH ${user}`, { status: 403 }, all(byUser, sends('"active":false'))),
  'user-permanent': at(`PATCH ${user}`, { status: 200 }, searched('?permanent=x')),
  'user-role-org': at(
    `POST ${users}`,
    ({ body }) => ({ body: { ...Object(body), roles: [Object(body).roles[0]] } }),
    all(byAdmin, answered(200), sends('"roles":[{"key":"admin"}]')),
    ['user-created', 'user-role-fields'],
  ),
  'user-role-fields': at(
    `POST ${users}`,
    ({ body }) => ({
      body: { ...Object(body), roles: [{ ...Object(body).roles[0], features: ['x'] }, Object(body).roles[1]] },
    }),
    all(byAdmin, answered(200), sends('"roles":[{"key":"admin"}]')),
  ),
  'user-flags': at(`POST ${users}`, set({ enabled: false }), sends('"enabled":false')),
  'user-inactive-flags': at(`GET ${users}`, set({ credentialsExpired: false }), deactivated),
  'user-full-name': at(`PATCH ${user}`, set({ fullName: 'Ada Lovelace' }), sends('Byron')),
  'user-created-day': at(`GET ${user}`, set({ createdDate: 1411603200000 })),
  'user-last-login': at(`GET ${user}`, set({ lastLoginDate: '2017-07-10' }), undefined, ['password-change']),
  'user-external-id': at('GET /users/{id}', set({ externalId: undefined })),
  'user-address': at(`GET ${users}`, set({ city: undefined }), where('city')),
  'user-state-province': at(`PATCH ${organizationUser}`, set({ stateprovince: 'CO' }), sends('stateprovince')),
  'email-form': at(`POST ${users}`, { status: 200 }, sends(' @')),
  'email-unique': at(`POST ${users}`, { status: 200 }, all(answered(409), sends('COMPARE-'))),
  'user-created-date': at(
    `GET ${organizationUser}`,
    set({ createdDate: 1411603200000 }),
    after(`PATCH ${organizationUser}`),
  ),
  'created-date-forms': at('GET /accounts', { status: 200 }, where('createdDate>2017')),
  'user-no-null': at(`GET ${organizationUser}`, set({ phone: null })),
  'users-scope': at('GET /users', ({ body }) => ({ body: [{ id: 20 }, ...Object(body)] }), all(byUser, answered(200))),
  'users-fields': at('GET /users', set({ accountId: undefined }), all(byAdmin, where('id='))),
  'users-delete': at('DELETE /users/{id}', { status: 204, text: '' }, searched('')),
  'users-patch': at('PATCH /users/{id}', set({ firstName: 'Compare' }), sends('firstName')),
  'users-out-of-reach': at('GET /users/21', { status: 200 }),
  'users-order-of-account': at(
    `GET ${users}`,
    ({ body }) => ({ body: [...Object(body)].reverse() }),
    all(byAdmin, answered(200), searched('')),
  ),
  'organization-users-list': at('GET /organizations/users', { body: [] }, searched('?pageSize=100')),
  'organization-users-fields': at('GET /organizations/users', set({ roles: [] }), searched('?pageSize=20')),
  'organization-users-reach': at(`GET ${organizationUser}`, { status: 404 }, ({ path }) => path.includes('%40')),
  'organization-user-unknown': at('PATCH /organizations/users/999999999', { status: 200 }),
  'organization-user-created': at('POST /organizations/users', set({ roles: [] }), sends('2014-09-25')),
  'organization-user-required-fields': at('POST /organizations/users', set({ message: 'email' }), answered(400)),
  'user-username': at(`PATCH ${organizationUser}`, set({ username: 'another' }), sends('"username":"another"')),
  'organization-users-put': at(`PUT ${organizationUser}`, { status: 200 }),
};
