import type { Emulator, Fixture } from '../../src/index.ts';
import { connect } from '../support/client.ts';
import { world } from '../support/world.ts';

/** The fixture of the other tests, after logins of two users. */
export const fixture: Fixture = {
  ...world,
  organizations: world.organizations.map((organization) => ({
    ...organization,
    accounts: (organization.accounts ?? []).map((account) => ({
      ...account,
      users: (account.users ?? []).map((user) =>
        user.id === 1100 || user.id === 1101
          ? { ...user, tokens: [`token-of-${user.id}`, `other-of-${user.id}`] }
          : user,
      ),
    })),
  })),
};

/** One change of each kind, as a request. */
export const changes: Readonly<Record<string, (emulator: Emulator) => ReturnType<typeof send>>> = {
  'a new user, with id and secret': (emulator) =>
    send(emulator, 'post', '/accounts/110/users', {
      firstName: 'New',
      lastName: 'User',
      email: 'new@here.example',
      password: 'pw',
    }),
  'a new account': (emulator) => send(emulator, 'post', '/accounts', { externalId: 'new' }),
  'a changed user': (emulator) =>
    send(emulator, 'patch', '/accounts/110/users/1101', { email: 'other@here.example', phone: '1', externalId: 'x' }),
  'a deleted user': (emulator) => send(emulator, 'delete', '/accounts/110/users/1101'),
  'an account deactivated with its users': (emulator) => send(emulator, 'patch', '/accounts/110', { active: false }),
  'an account deactivated, its users removed': (emulator) =>
    send(emulator, 'patch', '/accounts/110?permanent=true', { active: false, name: 'Closed' }),
  'a password of the own, which ends tokens': (emulator) =>
    send(emulator, 'post', '/authentication/passwords', { password: 'other-pw-1' }, bearer),
  'a password given, which ends tokens': (emulator) =>
    send(emulator, 'patch', '/accounts/110/users/1101', { password: 'given-pw-1' }),
  'a login, with its token': (emulator) =>
    send(emulator, 'post', '/authentication', { username: 'administrator@ten.example', password: 'admin-pw' }),
  'a new secret': (emulator) => send(emulator, 'post', '/authentication/user-secret-reset', {}, bearer),
  'a role granted': (emulator) => send(emulator, 'put', '/users/1101/roles/admin', {}),
  'a role revoked': (emulator) => send(emulator, 'delete', '/users/1100/roles/admin'),
  'a role of an account': (emulator) => send(emulator, 'put', '/accounts/110/roles/default-user', {}),
  'privileges of a role': (emulator) =>
    send(emulator, 'put', '/organizations/roles', [{ key: 'admin', privileges: [] }]),
  'a password policy': (emulator) => send(emulator, 'put', '/organizations/password-policies', { minLength: 9 }),
  'a name of the organization': (emulator) => send(emulator, 'put', '/organizations/me', { name: 'Renamed' }),
};

/** The header of user 1101, who has logged in. */
const bearer = 'Bearer token-of-1101';

/** Sends a request and returns its outcome. */
export async function send(
  emulator: Emulator,
  verb: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  body?: object,
  authorization?: string,
): Promise<{ status: number; body: { id?: number; secret?: string; message?: string } }> {
  const test = connect(emulator, authorization).call(verb, path);
  const { status, body: answer } = await (body === undefined ? test : test.send(body));
  return { status, body: answer };
}

/** A snapshot as text, without the count of requests, which also counts failed ones. */
export function stateOf(emulator: Emulator): string {
  const { sequences, ...rest } = emulator.snapshot();
  const { request: _request, ...counted } = sequences ?? {};
  return JSON.stringify({ ...rest, sequences: counted }, null, 1);
}
