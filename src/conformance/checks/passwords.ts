import type { Check, Untold } from '../check.ts';
import { agree, NotRun, such, text } from '../difference.ts';
import { isRecord } from '../json.ts';
import { keepPolicy } from '../privileges.ts';
import { objectOf, prepared, textOf } from '../read.ts';

const policies = '/organizations/password-policies';

export const passwordRows: readonly (Check | Untold)[] = [
  {
    id: 'password-change-answer',
    sentence: '`POST /authentication/passwords` answers what a login answers, with a fresh token',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ createUser, logIn, admin, password }) => {
      const user = await createUser();
      const before = await logIn(user);
      const answer = await before.post('/authentication/passwords', { password: password(1) });
      agree(answer, { body: { token: text, id: user.id, username: user.email, roles: [{}] } });
      const token = textOf(objectOf(answer), 'token', answer.call);
      agree(await admin.as(`Bearer ${token}`).get('/organizations/me'), 200);
      agree(await before.get('/organizations/me'), 401);
    },
  },
  {
    id: 'password-change',
    sentence:
      '`POST /authentication/passwords` needs no old password, and leaves `lastLoginDate` as it is. Setting a password ends the tokens, even if it is the same one. `user-secret-reset` answers the new secrets',
    source: 'ours',
    changes: 'account',
    run: async ({ createUser, logIn, admin, anyone, password, organizationSecret }) => {
      const user = await createUser();
      agree(await user.caller.post('/authentication/passwords', { password: password(1) }), 200);
      agree(await admin.get(user.path), { body: { lastLoginDate: '1970-01-01' } });
      agree(await anyone.post('/authentication', { username: user.email, password: user.password }), 401);
      const token = await logIn({ email: user.email, password: password(1) });
      prepared(await admin.patch(user.path, { password: password(1) }));
      agree(await token.get('/organizations/me'), 401);
      agree(await user.caller.post('/authentication/user-secret-reset'), {
        body: { userSecret: such('another secret', (value) => value !== user.body.secret), organizationSecret },
      });
    },
  },
  {
    id: 'password-echo',
    sentence: 'A `password` of `secured`, as answers show it, leaves the password unchanged',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, createUser, anyone }) => {
      const { path, email, password } = await createUser();
      agree(await admin.patch(path, { password: 'secured', firstName: 'Other' }), 200);
      agree(await admin.put(path, { password: 'secured' }), 200);
      agree(await anyone.post('/authentication', { username: email, password }), 200);
    },
  },
  {
    id: 'password-set',
    sentence: 'PATCH of a user with a `password` sets it',
    source: 'seed 001',
    changes: 'account',
    run: async ({ admin, createUser, anyone, password }) => {
      const { path, email } = await createUser();
      agree(await admin.patch(path, { password: password(1) }), 200);
      agree(await anyone.post('/authentication', { username: email, password: password(1) }), 200);
    },
  },
  {
    id: 'password-names',
    sentence:
      'A password must not contain the first name, the last name or the user name, in any case of letters: 400 says which',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, newUser, email, password }) => {
      const post = async (name: string, fields: object) =>
        admin.post(`${await accountPath()}/users`, newUser({ password: `${password()}${name}`, ...fields }));
      const [firstName, lastName] = ['Hieronymus', 'Bosch'];
      agree(await post('HIERONYMUS', { firstName }), { status: 400, body: { message: /first name/ } });
      agree(await post('bosch', { lastName }), { status: 400, body: { message: /last name/ } });
      const own = email();
      agree(await post(own.split('@')[0] ?? '', { email: own }), { status: 400, body: { message: /username/ } });
    },
  },
  {
    id: 'password-length',
    sentence: 'A password that is shorter than the policy says is 400: `at least N characters`',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, newUser, organization }) => {
      const { minLength } = isRecord(organization.passwordPolicy) ? organization.passwordPolicy : {};
      const length = Number(minLength);
      if (!(length > 1)) throw new NotRun("the organization's policy has no minimal length");
      agree(await admin.post(`${await accountPath()}/users`, newUser({ password: 'x'.repeat(length - 1) })), {
        status: 400,
        body: { message: new RegExp(`at least ${length} characters`) },
      });
    },
  },
  {
    id: 'password-policy-bounds',
    sentence: 'The bounds of a password policy, the default policy, and the words that refuse a password',
    source: 'vendor docs',
    changes: 'organization',
    run: async (context) => {
      keepPolicy(context);
      const { admin } = context;
      const wrong = {
        minLength: [7, 101],
        minUppercase: [-1, 11],
        minLowercase: [11],
        minNumbers: [11],
        minSymbols: [11],
        previousPasswordCount: [10],
        expirationDays: [-1],
      };
      for (const [name, values] of Object.entries(wrong)) {
        for (const value of values) {
          agree(await admin.put(policies, { [name]: value }), { status: 400, body: { message: new RegExp(name) } });
        }
      }
      const least = { minLength: 8, minUppercase: 1, minLowercase: 1, minNumbers: 1, minSymbols: 1 };
      agree(await admin.put(policies, { minLength: 100 }), { body: { minLength: 100 } });
      agree(await admin.delete(policies), { body: least });
      const post = async (password: string) =>
        admin.post(`${await context.accountPath()}/users`, context.newUser({ password }));
      agree(await post('Qx!4567'), { status: 400, body: { message: /at least 8 characters/ } });
      agree(await post('Qxz!zxzx'), { status: 400, body: { message: /numeric/ } });
      agree(await post('qxz!4567'), { status: 400, body: { message: /uppercase/ } });
      agree(await post('QXZ!4567'), { status: 400, body: { message: /lowercase/ } });
      agree(await post('Qxz44567'), { status: 400, body: { message: /special character/ } });
    },
  },
  {
    id: 'null-in-password-policy',
    sentence: '`null` for a field of a password policy is 400',
    source: 'vendor docs',
    changes: 'organization',
    run: async (context) => {
      keepPolicy(context);
      agree(await context.admin.put(policies, { minNumbers: null }), { status: 400, body: { message: /minNumbers/ } });
    },
  },
  {
    id: 'password-policy-answer',
    sentence:
      '`PUT /organizations/password-policies` changes only the fields that it is given. It and DELETE answer the policy. There is no GET (see `/organizations/me`)',
    source: 'ours',
    changes: 'organization',
    run: async (context) => {
      const { minLength, minUppercase } = keepPolicy(context);
      const { admin } = context;
      agree(await admin.put(policies, { minSymbols: 3 }), { body: { minSymbols: 3, minLength, minUppercase } });
      agree(await admin.get('/organizations/me'), { body: { passwordPolicy: { minSymbols: 3, minLength } } });
      agree(await admin.delete(policies), { body: { minSymbols: 1 } });
      agree(await admin.get(policies), 405);
    },
  },
  {
    id: 'password-characters',
    sentence:
      'A special character is any that is neither a letter nor a digit. A name with fewer than three characters may be part of a password. The "username" that a password must not contain is the email\'s part before the @ (documented)',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, newUser, password }) => {
      const short = newUser({ firstName: 'Qx', password: `${password()}Qx` });
      agree(await admin.post(`${await accountPath()}/users`, short), 200);
    },
  },
  {
    id: 'password-history',
    sentence:
      '`previousPasswordCount` counts the present password as the first; `expirationDays` is kept and shown, but nothing expires',
    source: 'ours',
    changes: 'organization',
    run: async (context) => {
      keepPolicy(context);
      const { admin, createUser, password } = context;
      prepared(await admin.put(policies, { previousPasswordCount: 2 }));
      const { path, password: present } = await createUser();
      agree(await admin.patch(path, { password: present }), 400);
      agree(await admin.patch(path, { password: password(1) }), 200);
      agree(await admin.patch(path, { password: present }), 400);
      agree(await admin.patch(path, { password: password(2) }), 200);
      agree(await admin.patch(path, { password: present }), 200);
      agree(await admin.put(policies, { expirationDays: 1 }), { body: { expirationDays: 1 } });
    },
  },
  {
    id: 'password-symbols',
    sentence: '`symbolCharacterSet` has at most 1,000 characters',
    source: 'ours',
    changes: 'organization',
    run: async (context) => {
      keepPolicy(context);
      const put = (length: number) => context.admin.put(policies, { symbolCharacterSet: '!'.repeat(length) });
      agree(await put(1001), { status: 400, body: { message: /symbolCharacterSet/ } });
      agree(await put(1000), 200);
    },
  },
  {
    id: 'password-fixture',
    sentence: 'Passwords in fixtures are not checked against the policy',
    source: 'ours',
    why: 'it is about fixtures',
  },
];
