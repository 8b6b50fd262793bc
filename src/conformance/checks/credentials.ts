import type { Check, Untold } from '../check.ts';
import { agree, agreeOn, day, such, text } from '../difference.ts';
import { keysOf, objectOf, prepared, textOf } from '../read.ts';

export const credentialRows: readonly (Check | Untold)[] = [
  {
    id: 'credentials-expired',
    sentence: 'Any PATCH of `/organizations/users/{id}` makes a user `credentialsExpired`',
    source: 'seed 002',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id } = await createUser();
      agree(await admin.patch(`/organizations/users/${id}`, { city: 'Littleton' }), {
        body: { credentialsExpired: true, credentialsNonExpired: false },
      });
    },
  },
  {
    id: 'credentials-expired-by-users',
    sentence: 'So does any PATCH of `/users/{id}`, even one with a password in it',
    source: 'vendor docs',
    note: 'printed for that call',
    changes: 'account',
    run: async ({ admin, createUser, password }) => {
      const { id } = await createUser();
      agree(await admin.patch(`/users/${id}`, { password: password(1) }), {
        body: { credentialsExpired: true, credentialsNonExpired: false },
      });
    },
  },
  {
    id: 'credentials-expired-until',
    sentence:
      'A user stays `credentialsExpired` until they set a password, or until PATCH or PUT of `/accounts/{id}/users/{userId}` sets one',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser, password, logIn }) => {
      const user = await createUser();
      const expire = async () => prepared(await admin.patch(`/organizations/users/${user.id}`, { city: 'Littleton' }));
      await expire();
      agree(await admin.get(user.path), { body: { credentialsExpired: true } });
      agree(await admin.patch(user.path, { password: password(1) }), { body: { credentialsExpired: false } });
      await expire();
      const own = await logIn({ email: user.email, password: password(1) });
      agree(await own.post('/authentication/passwords', { password: password(2) }), 200);
      agree(await admin.get(user.path), { body: { credentialsExpired: false } });
    },
  },
  {
    id: 'login-answer',
    sentence:
      'The answer to a login has the token, the user, the organization, the account and the roles; the login sets `lastLoginDate`',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ anyone, admin, account, createUser, organization }) => {
      const { id, email, password, path } = await createUser({ roles: [{ key: 'admin' }] });
      const answer = await anyone.post('/authentication', { username: email, password });
      agree(answer, {
        body: {
          token: text,
          id,
          username: email,
          firstName: 'Compare',
          lastName: 'User',
          organizationId: organization.id,
          organizationName: organization.name,
          accountId: (await account()).id,
          accountName: text,
          organizationAdmin: false,
          accountAdmin: true,
        },
      });
      agreeOn('roles', keysOf(objectOf(answer), 'roles', answer.call), ['admin', 'org']);
      const today = such('the day of the login', (value) => value !== '1970-01-01' && day.holds(value));
      agree(await admin.get(path), { body: { lastLoginDate: today } });
    },
  },
  {
    id: 'login-wrong',
    sentence: 'A login with a wrong password, or of nobody, is 401',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ anyone, createUser, email }) => {
      const user = await createUser();
      agree(await anyone.post('/authentication', { username: user.email, password: 'wrong' }), 401);
      agree(await anyone.post('/authentication', { username: email(), password: user.password }), 401);
    },
  },
  {
    id: 'login-username',
    sentence:
      'Users log in by email or `username`, regardless of case; inactive users and those without a password cannot',
    source: 'ours',
    changes: 'account',
    run: async ({ anyone, admin, createUser }) => {
      const { email, password, path } = await createUser();
      const logIn = (username: string) => anyone.post('/authentication', { username, password });
      agree(await logIn(email.toUpperCase()), 200);
      prepared(await admin.patch(path, { active: false }));
      agree(await logIn(email), 401);
    },
  },
  {
    id: 'login-secrets',
    sentence: '`GET /authentication/secrets` answers the `userSecret` and the `organizationSecret` of the caller',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ createUser, logIn, organizationSecret }) => {
      const user = await createUser();
      agree(await (await logIn(user)).get('/authentication/secrets'), {
        body: { userSecret: user.body.secret, organizationSecret },
      });
    },
  },
  {
    id: 'user-locked',
    sentence: 'Five wrong passwords in a row at `POST /authentication` lock the user: `accountLocked`',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ anyone, admin, createUser }) => {
      const { email, password, path, caller } = await createUser();
      for (let n = 0; n < 5; n += 1) {
        agree(await admin.get(path), { body: { accountLocked: false } });
        prepared401(await anyone.post('/authentication', { username: email, password: 'wrong' }));
      }
      agree(await admin.get(path), { body: { accountLocked: true, accountNonLocked: false } });
      agree(await anyone.post('/authentication', { username: email, password }), 401);
      agree(await caller.get('/organizations/me'), 401);
    },
  },
  {
    id: 'user-locked-count',
    sentence:
      'A right password before the fifth wrong one starts the count again; a password that an administrator sets unlocks the user. Wrong passwords of inactive users, and of users without a password, count too; wrong ones in `Elements-User-Password` do not',
    source: 'ours',
    changes: 'account',
    run: async ({ anyone, admin, createUser, password: other }) => {
      const { email, password, path } = await createUser();
      const logIn = (given: string) => anyone.post('/authentication', { username: email, password: given });
      for (let n = 0; n < 4; n += 1) prepared401(await logIn('wrong'));
      agree(await logIn(password), 200);
      for (let n = 0; n < 4; n += 1) prepared401(await logIn('wrong'));
      prepared(await admin.get(path, { headers: { 'Elements-User-Password': 'wrong' } }));
      agree(await admin.get(path), { body: { accountLocked: false } });
      prepared401(await logIn('wrong'));
      agree(await admin.get(path), { body: { accountLocked: true } });
      agree(await admin.patch(path, { password: other(1) }), { body: { accountLocked: false } });
      agree(await logIn(other(1)), 200);
    },
  },
  {
    id: 'user-locked-administrator',
    sentence:
      'The only administrator can be locked as well, and nobody can unlock that user by a call: restore a snapshot, reset the emulator, or edit the data file',
    source: 'ours',
    why: 'it would lock the administrator',
  },
  {
    id: 'user-locked-fixture',
    sentence:
      'A fixture can set `accountLocked`, `accountExpired` and `credentialsExpired`. Users who are locked or expired can neither log in nor call: 401. `enabled` stays the same as `active`',
    source: 'ours',
    why: 'no call makes a user expired; `user-locked` tells what a locked one can do',
  },
  {
    id: 'token-end',
    sentence:
      'A Bearer token ends for good when the password or the user secret changes, or when the user is deactivated or deleted. (Secrets work again when the user is reactivated.) Tokens do not expire; when a user has more than 100, the oldest ends',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser, logIn, password }) => {
      const user = await createUser();
      const first = await logIn(user);
      agree(await first.get('/organizations/me'), 200);
      prepared(await admin.patch(user.path, { password: password(1) }));
      agree(await first.get('/organizations/me'), 401);
      const second = await logIn({ email: user.email, password: password(1) });
      prepared(await admin.patch(user.path, { active: false }));
      prepared(await admin.patch(user.path, { active: true }));
      agree(await second.get('/organizations/me'), 401);
      agree(await user.caller.get('/organizations/me'), 200);
    },
  },
  {
    id: 'secret-reset',
    sentence: 'After `POST /authentication/user-secret-reset`, the old secret no longer works',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ createUser, admin, organizationSecret }) => {
      const { caller } = await createUser();
      const answer = await caller.post('/authentication/user-secret-reset');
      agree(answer, 200);
      agree(await caller.get('/organizations/me'), 401);
      const secret = textOf(objectOf(answer), 'userSecret', answer.call);
      const fresh = admin.as(`User ${secret}, Organization ${organizationSecret}`);
      agree(await fresh.get('/organizations/me'), 200);
    },
  },
];

/** A wrong password counts only if it is refused as one. */
function prepared401(answer: Parameters<typeof prepared>[0]): void {
  agree(answer, 401);
}
