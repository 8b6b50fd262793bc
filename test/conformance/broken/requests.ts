import { all, answered, at, type Broken, searched, sends, set } from './exchange.ts';

const unknown = 'GET /accounts/999999999';
const me = 'GET /organizations/me';
const account = 'PATCH /accounts/{id}';
const user = 'DELETE /accounts/{id}/users/{userId}';
const origin = ({ sentHeaders }: { sentHeaders: Readonly<Record<string, unknown>> }) => 'origin' in sentHeaders;
const type =
  (text: string) =>
  ({ sentHeaders }: { sentHeaders: Readonly<Record<string, string | undefined>> }) =>
    (sentHeaders['content-type'] ?? '').includes(text);

export const brokenRequests: Readonly<Record<string, Broken>> = {
  'success-is-200': at(user, { text: '{"deleted": true}' }, undefined, ['user-delete']),
  'error-envelope': at(unknown, set({ requestId: '59664CE6E4B0BBCE0A2BD24F' })),
  'error-texts-known': at(unknown, set({ message: 'Not found' })),
  'error-texts-ours': at('GET /accounts', set({ message: 'Bad request' }), searched('?pageSize=many')),
  'unauthorized-text': at(
    'GET /accounts',
    set({ message: 'Unauthorized' }),
    ({ sentHeaders }) => sentHeaders.authorization === 'User a, Organization b',
  ),
  'unknown-path': at('GET /nowhere-at-all', { status: 200 }),
  'wrong-verb': at('GET /authentication', { headers: { allow: null } }),
  accept: at(me, { status: 200 }, answered(406)),
  slashes: at('GET //organizations//me', { status: 404 }),
  'no-null': at('GET /accounts', set({ description: null }), all(answered(200), searched(''))),
  'answer-type': at(me, { headers: { 'content-type': 'text/plain' } }),
  'long-path-parameter': at('GET /organizations/roles/{id}', { status: 414 }),
  'blank-query-parameter': at('GET /accounts', { status: 400 }, searched('?pageSize=&where=')),
  'head-and-options': at('OPTIONS /accounts', { status: 204 }, (exchange) => !origin(exchange)),
  'put-is-patch': at('PUT /accounts/{id}', set({ name: 'emptied' }), sends('description')),
  'body-null': at(user, { status: 400 }, ({ sent }) => sent === 'null'),
  'body-not-json': at(account, { status: 200 }, ({ sent }) => sent === '{"name": "other"'),
  'body-not-utf8': at(account, { status: 200 }, sends('\ufffd')),
  'body-charset': at(account, { status: 415 }, type('us-ascii')),
  'body-without-type': at(account, { status: 200 }, ({ sentHeaders }) => sentHeaders['content-type'] === undefined),
  'body-of-other-type': at(account, { status: 200 }, type('xml')),
  'body-not-taken': at(user, { status: 415 }, type('text/plain')),
  'large-numbers': at(account, set({ externalId: '12345678901234567000' }), sends('"externalId": 123456789012345678')),
  'null-is-not-given': at(account, set({ name: undefined }), sends('"name":null')),
  'unknown-fields': at(account, { status: 400 }, sends('whatever')),
  cors: at(me, { headers: { 'access-control-allow-origin': '*' } }, all(origin, answered(401))),
  'cors-vary': at(me, { headers: { vary: null } }),
  'cors-preflight': at('OPTIONS /accounts', { headers: { 'access-control-allow-headers': 'content-type' } }, origin),
  'cors-exposed-headers': at(
    'GET /accounts',
    { headers: { 'access-control-expose-headers': 'Elements-Request-Id' } },
    all(origin, answered(401)),
  ),
  'not-emulated': at('GET /hubs/crm/contacts', { status: 200 }),
  'not-emulated-below-users': at('GET /users/branding', { status: 400 }),
};
