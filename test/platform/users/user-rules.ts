import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { empty, ok, refused, seen } from '../answers.ts';
import { describeRoleRules } from '../roles/role-rules.ts';
import { describePasswordRules } from './password-rules.ts';
import { newUser, type UserResource } from './user-resource.ts';

const some = (fields: object) => expect.objectContaining(fields);

const address = {
  phone: '444-222-2222',
  street1: '1 Main Street',
  street2: 'Floor 2',
  city: 'Littleton',
  stateProvince: 'CO',
  postalCode: '80120',
  country: 'US',
};

/** Seed 002 sends every one of them false. */
const flags = {
  active: false,
  accountExpired: false,
  accountLocked: false,
  credentialsExpired: false,
  enabled: false,
  emailValid: false,
  accountNonExpired: false,
  accountNonLocked: false,
  credentialsNonExpired: false,
};
/** All but `emailValid`, which the single users of an account do not have (seed 001). */
export const activeFlags = {
  active: true,
  accountExpired: false,
  accountLocked: false,
  credentialsExpired: false,
  accountNonExpired: true,
  credentialsNonExpired: true,
  accountNonLocked: true,
  enabled: true,
};
export const inactiveFlags = {
  ...activeFlags,
  active: false,
  enabled: false,
  accountNonExpired: false,
  credentialsExpired: true,
  credentialsNonExpired: false,
};

/** Writes the tests of one resource. */
export function describeUserRules(resource: UserResource): void {
  const { collection, uma, inDefaultAccount, changes } = resource;
  const start = () => connect(createWorld());
  const itemOf = (id: number | string) => `${collection}/${id}`;

  describe('flags of a user', () => {
    test('are derived on create, whatever the body has', async () => {
      const client = start();
      expect(
        seen(await client.post(collection, { ...newUser, ...flags, fullName: 'X', lastLoginDate: '2001-01-01' })),
      ).toEqual(ok(some({ ...activeFlags, emailValid: true, fullName: 'First Last' })));
      expect(seen(await client.get(itemOf(5000)))).toEqual(ok(some(activeFlags)));
    });

    test.each(changes)('are derived on %s from active alone', async (verb) => {
      const client = start();
      await client.post(collection, newUser);
      expect(seen(await client[verb](itemOf(5000), { ...flags, active: false }))).toEqual(ok(some(inactiveFlags)));
      expect(seen(await client.get(itemOf(5000)))).toEqual(ok(some(inactiveFlags)));
      const { active: _active, ...others } = flags;
      expect(seen(await client[verb](itemOf(5000), { ...others, active: true, accountLocked: true }))).toEqual(
        ok(some({ active: true, enabled: true, accountNonExpired: true, accountLocked: false })),
      );
    });
  });

  describe('emails are unique over all organizations, in any case of letters', () => {
    const taken = (email: string) => refused(409, `Email '${email}' is in use already.`);
    const others = [
      'user@here.example',
      'USER@Here.Example',
      'administrator@ten.example',
      'inactive@ten.example',
      'administrator@twenty.example',
      'ADMINISTRATOR@twenty.EXAMPLE',
    ];

    test.each(others)('create refuses %s', async (email) => {
      const client = start();
      expect(seen(await client.post(collection, { ...newUser, email }))).toEqual(taken(email));
      // A refused create takes no id.
      expect(seen(await client.post(collection, newUser))).toEqual(ok(some({ id: 5000 })));
    });

    test.each(changes.flatMap((verb) => others.map((email) => [verb, email] as const)))(
      '%s refuses %s',
      async (verb, email) => {
        const client = start();
        await client.post(collection, newUser);
        expect(seen(await client[verb](itemOf(5000), { email, firstName: 'Changed' }))).toEqual(taken(email));
        expect(seen(await client.get(itemOf(5000)))).toEqual(ok(some({ email: newUser.email, firstName: 'First' })));
      },
    );

    test.each(changes)("%s accepts the user's own email, also in another case of letters", async (verb) => {
      const client = start();
      for (const email of ['user@here.example', 'User@HERE.example', 'user@here.example']) {
        expect(seen(await client[verb](uma, { email }))).toEqual(ok(some({ id: 1101, email })));
      }
    });

    test('the email of a deleted user, and an old email of a user, are free', async () => {
      const client = start();
      expect(seen(await client.delete(uma))).toEqual(empty);
      expect(seen(await client.post(collection, { ...newUser, email: 'User@here.example' }))).toEqual(
        ok(some({ id: 5000 })),
      );
      await client.patch(itemOf(5000), { email: 'moved@here.example' });
      expect(seen(await client.post(collection, { ...newUser, email: 'user@here.example' }))).toEqual(
        ok(some({ id: 5001 })),
      );
    });

    test('the email of a deactivated user is not free', async () => {
      const client = start();
      await client.patch(uma, { active: false });
      expect(seen(await client.post(collection, { ...newUser, email: 'user@here.example' }))).toEqual(
        taken('user@here.example'),
      );
    });

    test.each(['nobody', '@here.example', 'a@', 'a b@c.example', 'a@b@c', ' a@b.example', 'a@b.example\n'])(
      '%j is refused',
      async (email) => {
        const client = start();
        const wrong = refused(400, expect.stringMatching(/^Field 'email' must be an email address/));
        expect(seen(await client.post(collection, { ...newUser, email }))).toEqual(wrong);
        expect(seen(await client.patch(uma, { email }))).toEqual(wrong);
      },
    );

    test.each(["o'neil+tag.x@sub.company.example", 'ünï@köln.example', 'a%b@c.example', 'a/b@c.example'])(
      '%s is accepted and finds the user',
      async (email) => {
        const client = start();
        expect(seen(await client.post(collection, { ...newUser, email }))).toEqual(ok(some({ email })));
        expect(seen(await client.get(itemOf(encodeURIComponent(email))))).toEqual(ok(some({ id: 5000, email })));
        expect(seen(await client.get(itemOf(encodeURIComponent(email.toUpperCase()))))).toEqual(ok(some({ id: 5000 })));
      },
    );

    test('an email of 254 characters, the maximum, finds the user', async () => {
      const client = start();
      const email = `${'ü+'.repeat(121)}@longest.exa`;
      expect(email).toHaveLength(254);
      expect(seen(await client.post(collection, { ...newUser, email }))).toEqual(ok(some({ email })));
      expect(seen(await client.get(itemOf(encodeURIComponent(email))))).toEqual(ok(some({ id: 5000, email })));
    });
  });

  describeRoleRules(resource);
  describePasswordRules(resource);

  describe('a change', () => {
    const fields = { firstName: 'F', lastName: 'L', email: 'f@l.example', externalId: 'ext', ...address };
    test.each(changes.flatMap((verb) => Object.entries(fields).map(([name, value]) => [verb, name, value] as const)))(
      'by %s can set only %s',
      async (verb, name, value) => {
        const client = start();
        const before = seen(await client.get('/organizations/users/1101')).body as Record<string, unknown>;
        expect(seen(await client[verb](uma, { [name]: value }))).toEqual(ok(some({ id: 1101 })));
        const {
          credentialsExpired: _e,
          credentialsNonExpired: _n,
          ...after
        } = seen(await client.get('/organizations/users/1101')).body as Record<string, unknown>;
        const derived = { fullName: `${after.firstName} ${after.lastName}`, username: after.email };
        const { credentialsExpired: _e2, credentialsNonExpired: _n2, ...rest } = before;
        expect(after).toEqual({ ...rest, ...derived, [name]: value });
      },
    );

    test.each(changes)('by %s ignores read-only and unknown fields', async (verb) => {
      const client = start();
      const before = seen(await client.get('/accounts/110/users/1101')).body as object;
      const body = {
        id: 7,
        secret: 'mine',
        fullName: 'X Y',
        lastLoginDate: '2001-01-01',
        oauthToken: 't',
        accountId: 100,
        organizationId: 20,
        stateprovince: 'CO',
        color: 'red',
        nothing: null,
      };
      expect(seen(await client[verb](uma, body))).toMatchObject(ok({ id: 1101 }));
      expect(seen(await client.get('/accounts/110/users/1101'))).toMatchObject(
        ok({ ...before, credentialsExpired: expect.any(Boolean), credentialsNonExpired: expect.any(Boolean) }),
      );
      expect(seen(await client.get('/organizations/users/1101')).body).not.toHaveProperty('stateProvince');
    });

    test.each(['firstName', 'lastName', 'password', 'externalId'])('cannot set %s to a blank', async (name) => {
      const client = start();
      const message = expect.stringMatching(new RegExp(`'${name}'`));
      expect(seen(await client.patch(uma, { [name]: ' ' }))).toEqual(refused(400, message));
      expect(seen(await client.get(uma))).toEqual(ok(some({ firstName: 'Uma' })));
    });

    test('an externalId of a user need not be unique, and can be a number', async () => {
      const client = start();
      expect(seen(await client.patch(uma, { externalId: 42 }))).toEqual(ok(some({ externalId: '42' })));
      await client.post(collection, newUser);
      expect(seen(await client.patch(itemOf(5000), { externalId: '42' }))).toEqual(ok(some({ externalId: '42' })));
    });
  });

  describe('DELETE', () => {
    test('is for good: later calls answer 404', async () => {
      const emulator = createWorld();
      const client = connect(emulator);
      const authorization = emulator.authorizationFor(1101);
      const gone = refused(404, 'No user found with ID 1101');
      expect(seen(await client.delete(uma))).toEqual(empty);
      expect(seen(await client.delete(uma))).toEqual(gone);
      expect(seen(await client.get(uma))).toEqual(gone);
      expect(seen(await client.patch(uma, { active: true }))).toEqual(gone);
      expect(seen(await client.get(uma.replace('1101', 'user@here.example')))).toEqual(
        refused(404, 'No user found with email user@here.example'),
      );
      expect((await connect(emulator, authorization).get('/organizations/me')).status).toBe(401);
      expect(() => emulator.authorizationFor(1101)).toThrow('There is no user');
    });

    test('does not free the id', async () => {
      const client = start();
      await client.post(collection, newUser);
      expect(seen(await client.delete(itemOf(5000)))).toEqual(empty);
      expect(seen(await client.post(collection, newUser))).toEqual(ok(some({ id: 5001 })));
    });

    test('does not accept an email as the id', async () => {
      const client = start();
      expect(seen(await client.delete(uma.replace('1101', 'user@here.example')))).toEqual(
        refused(400, expect.stringContaining('must be an integer')),
      );
      expect(seen(await client.get(uma))).toEqual(ok(some({ id: 1101 })));
    });
  });

  describe('new users', () => {
    test('have a secret of 44 characters, base64 of 32 bytes, with which they can call', async () => {
      const emulator = createWorld();
      const client = connect(emulator);
      const first = await client.post(collection, newUser);
      const second = await client.post(collection, { ...newUser, email: 'second@company.example' });
      for (const { body } of [first, second]) {
        expect(body.secret).toMatch(/^[A-Za-z0-9+/]{43}=$/);
        expect(Buffer.from(body.secret, 'base64')).toHaveLength(32);
        const own = connect(emulator, `User ${body.secret}, Organization 10101010101010101010101010101010`);
        expect(seen(await own.get('/organizations/me'))).toEqual(ok(some({ id: 10 })));
      }
      expect(first.body.secret).not.toBe(second.body.secret);
    });

    test('join the account', async () => {
      const client = start();
      await client.post(collection, newUser);
      const path = `/accounts/${inDefaultAccount ? 100 : 110}/users/First.Last@company.example`;
      expect(seen(await client.get(path))).toEqual(ok(some({ id: 5000 })));
      const other = `/accounts/${inDefaultAccount ? 110 : 100}/users/5000`;
      expect(seen(await client.get(other))).toEqual(refused(404, 'No user found with ID 5000'));
    });

    test('keep their address', async () => {
      const client = start();
      await client.post(collection, { ...newUser, ...address, stateprovince: 'dropped' });
      const response = await client.get('/organizations/users/5000');
      expect(seen(response)).toEqual(ok(some(address)));
      expect(response.body).not.toHaveProperty('stateprovince');
    });
  });
}
