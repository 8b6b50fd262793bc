// A program with a client that is generated of the OpenAPI document: what its types promise, it gets.

import assert from 'node:assert/strict';
import { startEmulator } from 'cloud-elements-emulator';
import createClient from 'openapi-fetch';
import type { components, paths } from './platform.js';

const emulator = await startEmulator({ fixture: 'minimal', now: '2017-07-10T00:00:00Z', seed: 'client' });
const as = (Authorization: string) => createClient<paths>({ baseUrl: emulator.baseUrl, headers: { Authorization } });
const administrator = as(emulator.credentials.authorization);
const organization = await administrator.GET('/organizations/me');
const organizationSecret: string | undefined = organization.data?.secret;

// An account, and its administrator.
const account = await administrator.POST('/accounts', { body: { externalId: 'customer-1', name: 'Customer One' } });
assert.equal(account.response.status, 200);
const id: number = account.data?.id ?? 0;
const password = 'a-Passphrase-0f-kim';
const created = await administrator.POST('/accounts/{id}/users', {
  params: { path: { id } },
  body: { firstName: 'Jo', lastName: 'Doe', email: 'jo@customer.example', password, roles: [{ key: 'admin' }] },
});
const userId: number = created.data?.id ?? 0;
assert.deepEqual(
  created.data?.roles.map(({ key }) => key),
  ['admin', 'org'],
);

// The secret is shown to who knows the password, and to nobody else.
const path = { id, emailOrId: 'jo@customer.example' };
const user = await administrator.GET('/accounts/{id}/users/{emailOrId}', { params: { path } });
assert.ok(user.data !== undefined && user.data.secret === undefined);
const shown = await administrator.GET('/accounts/{id}/users/{emailOrId}', {
  params: { path, header: { 'Elements-User-Password': password } },
});
const secret = shown.data?.secret;
assert.ok(secret !== undefined);

// That user administers the own account, and no other.
const customer = as(`User ${secret}, Organization ${organizationSecret}`);
const users = await customer.GET('/accounts/{id}/users', {
  params: { path: { id }, query: { where: "email='jo@customer.example'", pageSize: 1 } },
});
assert.deepEqual(
  users.data?.map(({ id }) => id),
  [userId],
);
assert.equal(users.response.headers.get('Elements-Total-Count'), '1');
const refused = await customer.GET('/accounts');
const envelope: components['schemas']['ErrorResponse'] | undefined = refused.error;
assert.match(envelope?.message ?? '', /^Invalid Organization or User secret/);

// Deactivated, the user is nobody.
const gone = await administrator.PATCH('/accounts/{id}/users/{emailOrId}', {
  params: { path: { id, emailOrId: userId } },
  body: { active: false },
});
assert.equal(gone.data?.active, false);
const after = await customer.GET('/accounts/{id}/users', { params: { path: { id } } });
assert.equal(after.response.status, 401);

// What is not documented is no program.
// @ts-expect-error an account needs its external id
await administrator.POST('/accounts', { body: { name: 'Nameless' } });
// @ts-expect-error there is no such path
await administrator.GET('/customers');
// @ts-expect-error an account has no such field
account.data?.nickname;

await emulator.close();
console.log('provisioned and deactivated');
