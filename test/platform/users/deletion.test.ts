import { createEmulator, type Fixture } from '../../../src/index.ts';
import { type RawRequest, sendRaw } from '../../http/raw.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { type Answer, empty, idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';
import { newUser } from './user-resource.ts';

const createWorld = reuseWorlds();

const start = () => connect(createWorld());
const some = (fields: object) => expect.objectContaining(fields);
const email = 'user@here.example';
const unknown = refused(404, 'No user found with ID 1101');

describe('DELETE /users/{id}', () => {
  test.each([
    ['', true],
    ['?permanent=false', true],
    ['?permanent=', true],
    ['?permanent=true', true],
    ['', false],
    ['?permanent=true', false],
  ])('%s deletes for good a user with active: %s', async (query, active) => {
    const emulator = createWorld();
    const client = connect(emulator);
    const user = connect(emulator, emulator.authorizationFor(1101));
    await client.patch('/users/1101', { active });
    expect(seen(await client.delete(`/users/1101${query}`))).toEqual(empty);
    for (const call of [
      client.get('/users/1101'),
      client.patch('/users/1101', { active: true }),
      client.delete('/users/1101'),
      client.delete('/users/1101?permanent=true'),
      client.get('/accounts/110/users/1101'),
      client.get('/organizations/users/1101'),
    ]) {
      expect(seen(await call)).toEqual(unknown);
    }
    expect(seen(await client.get(`/users/${email}`))).toEqual(refused(404, `No user found with email ${email}`));
    expect(idsOf(await client.get('/users?includeInactive=true'))).toEqual(listOf(1200, 1100, 1002, 1001, 1000));
    expect(seen(await user.get('/organizations/me'))).toEqual(unauthorized401);
    const again = await client.post('/accounts/110/users', { ...newUser, email });
    expect(seen(again)).toEqual(ok(some({ id: 5000, email })));
  });

  test.each(['1', 'yes', 'TRUE', 'null'])('answers 400 for permanent=%s and changes nothing', async (value) => {
    const client = start();
    const before = seen(await client.get('/users/1101')).body;
    for (const path of ['/users/1101', '/accounts/110/users/1101', '/organizations/users/1101']) {
      expect(seen(await client.delete(`${path}?permanent=${value}`))).toEqual(
        refused(400, `Parameter 'permanent' must be true or false, not '${value}'.`),
      );
    }
    expect(seen(await client.get('/users/1101'))).toEqual(ok(before));
  });

  describe('does not free the id of the user', () => {
    /** The next ids are 7 and 8, and 8 is in use. */
    const users = [{ email: 'boss@acme.example' }, { id: 8, email: 'eight@acme.example' }];
    const accounts = [{ id: 1, defaultAccount: true, users }];
    const fixture: Fixture = { organizations: [{ name: 'Acme', accounts }], sequences: { user: 6 } };
    const password = 'Fresh-0-pw';
    const create = async (client: ReturnType<typeof start>, email: string) => {
      const { status, body } = await client.post('/accounts/1/users', { ...newUser, email, password });
      return status === 200 ? body.id : status;
    };

    test('whether the sequence has passed the id or not', async () => {
      const client = connect(createEmulator({ fixture }));
      expect(await create(client, 'a@acme.example')).toBe(7);
      expect(seen(await client.delete('/users/7'))).toEqual(empty);
      expect(seen(await client.delete('/users/8'))).toEqual(empty);
      expect(await create(client, 'b@acme.example')).toBe(9);
      expect(await create(client, 'eight@acme.example')).toBe(10);
    });

    test('after the restore of a snapshot', async () => {
      const emulator = createEmulator({ fixture });
      const client = connect(emulator);
      await client.delete('/users/8');
      await emulator.restore(emulator.snapshot());
      expect([await create(client, 'a@acme.example'), await create(client, 'b@acme.example')]).toEqual([7, 9]);
    });

    test('after a refused request to create a user', async () => {
      const client = connect(createEmulator({ fixture }));
      await client.delete('/users/8');
      expect(await create(client, 'a@acme.example')).toBe(7);
      expect(await create(client, 'BOSS@acme.example')).toBe(409);
      expect(await create(client, 'b@acme.example')).toBe(9);
    });
  });
});

describe('the order of the checks of a change and a deletion', () => {
  const stranger = { Authorization: 'User x, Organization y' };
  const json = { 'Content-Type': 'application/json' };
  const integer = refused(400, "Path parameter 'id' must be an integer, not 'abc'.");
  const wrongField = '{"firstName":5}';

  test.each<[string, RawRequest, Answer]>([
    ['405', { method: 'PUT', path: '/users/abc', headers: stranger }, refused(405, expect.stringContaining('PUT'))],
    ['405', { method: 'POST', path: '/users', headers: stranger }, refused(405, expect.stringContaining('POST'))],
    ['401', { method: 'PATCH', path: '/users/abc', headers: stranger, body: 'x' }, unauthorized401],
    ['401', { method: 'DELETE', path: '/users/abc?permanent=x', headers: stranger }, unauthorized401],
    ['415', { method: 'PATCH', path: '/users/abc', body: 'x' }, refused(415, expect.any(String))],
    ['400 for the id', { method: 'PATCH', path: '/users/abc', headers: json, body: wrongField }, integer],
    ['400 for the id', { method: 'DELETE', path: '/users/abc?permanent=x' }, integer],
    [
      '400 for the field',
      { method: 'PATCH', path: '/users/999', headers: json, body: wrongField },
      refused(400, "Field 'firstName' must be a text that is not blank, not a number."),
    ],
    [
      '400 for the flag',
      { method: 'DELETE', path: '/users/999?permanent=x' },
      refused(400, "Parameter 'permanent' must be true or false, not 'x'."),
    ],
    [
      '404',
      { method: 'PATCH', path: '/users/999', headers: json, body: '{"email":"plain@ten.example"}' },
      refused(404, 'No user found with ID 999'),
    ],
  ])('%s: %j', async (_what, request, expected) => {
    const { status, body, headers } = await sendRaw(createWorld(), request);
    expect({ status, body }).toEqual(expected);
    const allowed = request.path === '/users' ? 'GET, HEAD, OPTIONS' : 'GET, HEAD, PATCH, DELETE, OPTIONS';
    expect(headers.allow).toBe(status === 405 ? allowed : undefined);
  });
});
