import { after, all, answered, at, type Broken, listOf, searched, sends, set, since, where } from './exchange.ts';

const account = '/accounts/{id}';
const user = '/accounts/{id}/users/{userId}';
const policyOf = (body: unknown) => Object(Object(body).passwordPolicy);

export const brokenAccounts: Readonly<Record<string, Broken>> = {
  'organization-fields': at('GET /organizations/me', set({ tierId: undefined })),
  'organization-policy-fields': at('GET /organizations/me', ({ body }) => ({
    body: { ...Object(body), passwordPolicy: { ...policyOf(body), expirationDays: undefined } },
  })),
  'organization-put': at('PUT /organizations/me', set({ passwordPolicy: {} }), sends('(compared)')),
  'organization-name-required': at('PUT /organizations/me', { status: 200 }, answered(400)),
  'account-fields': at('GET /accounts', set({ companyId: '1' }), searched('?pageSize=20')),
  'account-type': at(
    'GET /accounts',
    ({ body }) => ({
      body: listOf(body).map((record) => (record.defaultAccount ? record : { ...record, type: 'Default' })),
    }),
    searched('?pageSize=200'),
  ),
  'account-one-default': at(
    'GET /accounts',
    ({ body }) => ({ body: [...listOf(body), ...listOf(body)] }),
    all(where('defaultAccount=true'), ({ query }) => query.get('pageSize') === '2'),
  ),
  'account-get': at('GET /accounts/20', set({ description: 'another' })),
  'account-unknown': at('GET /accounts/999999999/users', { status: 200 }),
  'account-created': at('POST /accounts', set({ createdDate: '2017-07-10' }), answered(200)),
  'account-name-default': at('POST /accounts', set({ description: undefined }), answered(200)),
  'account-external-id-required': at('POST /accounts', { status: 200 }, sends('"externalId":" "')),
  'account-patch': at(`PATCH ${account}`, set({ createdDate: undefined }), sends('changed')),
  'account-read-only': at(`PATCH ${account}`, set({ type: 'Default' }), sends('2001-01-01')),
  'external-id-unique': at('POST /accounts', { status: 200 }, answered(409)),
  'external-id-number': at(`PATCH ${account}`, set({ externalId: 77000000002 }), sends('"externalId":7')),
  'organization-accounts': at('GET /organizations/{id}/accounts/999999999', { status: 200 }),
  'account-delete-deactivates-users': at(`GET ${user}`, set({ active: true }), after(`DELETE ${account}`)),
  'account-delete-answer': at(
    `DELETE ${account}`,
    { text: '{}' },
    (exchange) => !since(`DELETE ${account}`)(exchange),
    ['success-is-200'],
  ),
  'account-deleted-not-listed': at(
    'GET /accounts',
    ({ earlier }) => ({ body: [{ id: Number(earlier.at(-1)?.path.split('/')[2]) }] }),
    after(`DELETE ${account}`),
    ['include-inactive'],
  ),
  'account-deactivate': at(
    'GET /accounts',
    ({ earlier }) => ({ body: [{ id: Number(earlier.at(-1)?.path.split('/')[2]) }] }),
    after(`PATCH ${account}`, sends('"active":false')),
  ),
  'account-reactivate': at(`PATCH ${account}`, set({ active: false }), after(`DELETE ${account}`)),
  'account-delete-twice': at(`DELETE ${account}`, { status: 404 }, after(`DELETE ${account}`)),
  'account-permanent': at(`PATCH ${account}`, { status: 200 }, searched('?permanent=x')),
  'account-inactive-users': at(
    'POST /accounts/{id}/users',
    { status: 200 },
    all(answered(409), since(`DELETE ${account}`)),
  ),
  'account-users-kept': at('GET /accounts/{id}/users', { body: [] }, after(`DELETE ${account}`)),
};
