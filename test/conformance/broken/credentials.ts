import {
  after,
  all,
  answered,
  at,
  type Broken,
  byAdmin,
  byUser,
  type Exchange,
  sends,
  set,
  since,
} from './exchange.ts';

const user = '/accounts/{id}/users/{userId}';
const me = 'GET /organizations/me';
const login = 'POST /authentication';
const policies = 'PUT /organizations/password-policies';
const users = 'POST /accounts/{id}/users';
const bearer = ({ sentHeaders }: Exchange) => sentHeaders.authorization?.startsWith('Bearer ') ?? false;
const wrongs = ({ earlier }: Exchange) => earlier.filter(({ sent }) => sent.includes('"password":"wrong"')).length;

export const brokenCredentials: Readonly<Record<string, Broken>> = {
  'credentials-expired': at('PATCH /organizations/users/{id}', set({ credentialsExpired: false }), sends('Littleton')),
  'credentials-expired-by-users': at('PATCH /users/{id}', set({ credentialsExpired: false }), sends('password')),
  'credentials-expired-until': at(`PATCH ${user}`, set({ credentialsExpired: true }), sends('password')),
  'login-answer': at(login, set({ accountName: undefined }), answered(200)),
  'login-wrong': at(
    login,
    { status: 200 },
    all(answered(401), after(login, answered(401)), (e) => !sends('wrong')(e)),
  ),
  'login-username': at(login, { status: 401 }, sends('@EXAMPLE.COM')),
  'login-secrets': at('GET /authentication/secrets', set({ userSecret: 'another' })),
  'user-locked': at(`GET ${user}`, set({ accountLocked: false }), (exchange) => wrongs(exchange) === 5),
  'user-locked-count': at(`PATCH ${user}`, set({ accountLocked: true }), (exchange) => wrongs(exchange) > 5),
  'token-end': at(me, { status: 200 }, all(bearer, answered(401), since(`PATCH ${user}`, sends('"active":true')))),
  'secret-reset': at(me, { status: 200 }, all(byUser, answered(401), after('POST /authentication/user-secret-reset'))),
  'password-change-answer': at('POST /authentication/passwords', set({ id: 0 }), bearer),
  'password-change': at('POST /authentication/user-secret-reset', set({ organizationSecret: 'another' })),
  'password-echo': at(`PUT ${user}`, { status: 400 }, sends('secured')),
  'password-set': at(login, { status: 401 }, all(answered(200), after(`PATCH ${user}`, sends('password'))), [
    'user-locked-count',
  ]),
  'password-names': at(users, { status: 200 }, sends('Bosch')),
  'password-length': at(users, set({ message: 'Too short' }), sends('"password":"xxxxxxx"')),
  'password-policy-bounds': at(policies, { status: 200 }, sends('"minLength":101')),
  'null-in-password-policy': at(policies, { status: 200 }, sends('null')),
  'password-policy-answer': at(policies, set({ minLength: undefined }), sends('"minSymbols":3}')),
  'password-characters': at(users, { status: 400 }, sends('"firstName":"Qx"')),
  'password-history': at(`PATCH ${user}`, { status: 200 }, all(byAdmin, answered(400), sends('password'))),
  'password-symbols': at(policies, { status: 200 }, all(answered(400), sends('symbolCharacterSet'))),
};
