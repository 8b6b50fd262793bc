import { createEmulator, type Fixture } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { ok, refused, seen } from '../answers.ts';

/** Seed 003, as printed. */
const claude = {
  active: true,
  createdDate: '2017-01-18',
  id: 55579,
  name: "Claude's  Company",
  secret: '58168435e3b9959a929eb04b6218b9a2',
  externalCompany: { revenue: 0 },
  tierId: 1,
  canCreatePeer: false,
  passwordPolicy: {
    minLength: 1,
    minUppercase: 0,
    minLowercase: 0,
    minNumbers: 0,
    minSymbols: 0,
    symbolCharacterSet: '!"?$?%^&*()_-+={[}]:;@\'~#|\\<,>?/.',
    previousPasswordCount: 0,
    expirationDays: 100000,
  },
  twoFactorAuthEnabled: false,
};
const { passwordPolicy, ...withoutPolicy } = claude;

const start = () => connect(createEmulator());

describe('GET /organizations/me', () => {
  test('answers the organization of seed 003, in its order', async () => {
    const response = await start().get('/organizations/me');
    expect(seen(response)).toEqual(ok(claude));
    expect(Object.keys(response.body)).toEqual(Object.keys(claude));
    expect(Object.keys(response.body.passwordPolicy)).toEqual(Object.keys(passwordPolicy));
  });

  test('answers the organization of the caller', async () => {
    const emulator = createWorld();
    for (const [user, id] of [
      [1000, 10],
      [1101, 10],
      [2000, 20],
    ] as const) {
      const response = await connect(emulator, emulator.authorizationFor(user)).get('/organizations/me');
      expect(seen(response)).toEqual(ok(expect.objectContaining({ id })));
    }
  });

  test('answers status, environment and customerId only if the fixture has them', async () => {
    const extra = { status: 'trial', environment: 'staging', customerId: 77 };
    const fixture: Fixture = {
      organizations: [{ id: 1, name: 'O', secret: 's', createdDate: '2020-01-01', ...extra }],
    };
    const client = connect(createEmulator({ fixture }));
    const body = { ...withoutPolicy, id: 1, name: 'O', secret: 's', createdDate: '2020-01-01', ...extra };
    expect(seen(await client.get('/organizations/me'))).toEqual(
      ok({
        ...body,
        passwordPolicy: {
          ...passwordPolicy,
          minLength: 8,
          minUppercase: 1,
          minLowercase: 1,
          minNumbers: 1,
          minSymbols: 1,
        },
      }),
    );
    expect(seen(await client.put('/organizations/me', { name: 'P' }))).toEqual(ok({ ...body, name: 'P' }));
  });
});

describe('PUT /organizations/me', () => {
  test('changes the name and answers without the passwordPolicy, in the order of seed 003', async () => {
    const client = start();
    const renamed = { ...withoutPolicy, name: 'The Docs Company' };
    const response = await client.put('/organizations/me', { name: 'The Docs Company' });
    expect(seen(response)).toEqual(ok(renamed));
    expect(Object.keys(response.body)).toEqual(Object.keys(renamed));
    expect(seen(await client.get('/organizations/me'))).toEqual(ok({ ...claude, name: 'The Docs Company' }));
  });

  test('changes nothing else', async () => {
    const client = start();
    const body = {
      name: 'N',
      id: 1,
      secret: 'mine',
      active: false,
      createdDate: '1999-01-01',
      tierId: 9,
      canCreatePeer: true,
      twoFactorAuthEnabled: true,
      passwordPolicy: { minLength: 99 },
      customerId: 5,
      status: 'x',
      environment: 'x',
      externalCompany: { revenue: 5 },
    };
    expect(seen(await client.put('/organizations/me', body))).toEqual(ok({ ...withoutPolicy, name: 'N' }));
    expect(seen(await client.get('/organizations/me'))).toEqual(ok({ ...claude, name: 'N' }));
  });

  test('keeps the blanks and letters of the name', async () => {
    const name = '  Zoë’s   Company ';
    expect(seen(await start().put('/organizations/me', { name }))).toEqual(ok({ ...withoutPolicy, name }));
  });

  test.each([[{}], [{ name: '' }], [{ name: ' \n ' }], [{ name: null }], [{ Name: 'N' }]])(
    'answers 400 for %j',
    async (body) => {
      const client = start();
      expect(seen(await client.put('/organizations/me', body))).toEqual(refused(400, 'Missing required field: name.'));
      expect(seen(await client.get('/organizations/me'))).toEqual(ok(claude));
    },
  );

  test.each([5, true, ['N'], { first: 'N' }])('answers 400 for the name %j', async (name) => {
    const client = start();
    expect(seen(await client.put('/organizations/me', { name }))).toEqual(
      refused(400, expect.stringMatching(/^Field 'name' must be a text/)),
    );
    expect(seen(await client.get('/organizations/me'))).toEqual(ok(claude));
  });

  test('accepts a name that another organization has', async () => {
    const emulator = createWorld();
    const other = connect(emulator, emulator.authorizationFor(2000));
    expect(seen(await other.put('/organizations/me', { name: 'Ten' }))).toEqual(
      ok(expect.objectContaining({ id: 20, name: 'Ten' })),
    );
    expect(seen(await connect(emulator).get('/organizations/me'))).toEqual(
      ok(expect.objectContaining({ id: 10, name: 'Ten' })),
    );
  });
});
