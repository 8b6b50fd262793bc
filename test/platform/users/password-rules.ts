import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { ok, seen } from '../answers.ts';
import { newUser, type UserResource } from './user-resource.ts';

const some = (fields: object) => expect.objectContaining(fields);

/** Writes the tests of passwords for one resource. */
export function describePasswordRules({ collection, uma, changes }: UserResource): void {
  const start = () => connect(createWorld());
  const itemOf = (id: number | string) => `${collection}/${id}`;

  describe('a password', () => {
    const withPassword = async (client: ReturnType<typeof start>, path: string, password?: string) => {
      const call = client.get(path);
      const { status, body } = await (password === undefined ? call : call.set('Elements-User-Password', password));
      return [status, body.id, typeof body.secret];
    };

    test.each([
      ['the right one', 'user-pw', 'string'],
      ['a wrong one', 'user-PW', 'undefined'],
      ['part of it', 'user', 'undefined'],
      ['an empty one', '', 'undefined'],
      ['the placeholder "secured"', 'secured', 'undefined'],
      ["somebody else's", 'here-pw', 'undefined'],
      ['none', undefined, 'undefined'],
    ])('shows the secret only if it is right in Elements-User-Password: %s', async (_name, password, secret) => {
      for (const path of [uma, uma.replace('1101', 'user@here.example')]) {
        expect(await withPassword(start(), path, password)).toEqual([200, 1101, secret]);
      }
    });

    test('shows the secret with which the user calls', async () => {
      const emulator = createWorld();
      const response = await connect(emulator).get(uma).set('elements-user-password', 'user-pw');
      const [, secret] = /^User (\S+), /.exec(emulator.authorizationFor(1101)) ?? [];
      expect(seen(response)).toEqual(ok(some({ id: 1101, secret })));
    });

    test.each(changes)('stays when %s sends "secured" back, and changes with another value', async (verb) => {
      const client = start();
      const response = await client[verb](uma, { password: 'secured', firstName: 'Una' });
      expect(seen(response)).toEqual(ok(some({ firstName: 'Una' })));
      expect(await withPassword(client, uma, 'user-pw')).toEqual([200, 1101, 'string']);
      expect(await withPassword(client, uma, 'secured')).toEqual([200, 1101, 'undefined']);
      expect(seen(await client[verb](uma, { password: 'other-pw' }))).toEqual(ok(some({ id: 1101 })));
      expect(await withPassword(client, uma, 'user-pw')).toEqual([200, 1101, 'undefined']);
      expect(await withPassword(client, uma, 'other-pw')).toEqual([200, 1101, 'string']);
    });

    test.each(changes)('does not make %s answer the secret', async (verb) => {
      const response = await start()[verb](uma, { firstName: 'Una' }).set('Elements-User-Password', 'user-pw');
      expect(seen(response)).toEqual(ok(some({ firstName: 'Una' })));
      expect(response.body).not.toHaveProperty('secret');
    });

    test('is in no answer and no error message', async () => {
      const client = start();
      const password = 'Tell-nobody-1';
      const answers = [
        await client.post(collection, { ...newUser, password }),
        await client.post(collection, { ...newUser, password }),
        await client.post(collection, { password }),
        await client.post(collection, { ...newUser, email: 'x', password }),
        await client.post(collection, { ...newUser, password: [password] }),
        await client.post(collection, { ...newUser, email: 'other@company.example', password, roles: [{ key: 'x' }] }),
        await client.patch(itemOf(5000), { password }),
        await client.patch(itemOf(5000), { password, email: 'user@here.example' }),
        await client.patch(itemOf(5000), { password: { [password]: 1 } }),
        await client.patch(itemOf(999), { password }),
        await client.get(collection),
        await client.get(itemOf(5000)).set('Elements-User-Password', password),
        await client.get(itemOf(5000)).set('Elements-User-Password', `${password}!`),
        await client.delete(itemOf(5000)),
      ];
      expect(answers.map(({ status }) => status)).toEqual([
        200, 409, 400, 400, 400, 400, 200, 409, 400, 404, 200, 200, 200, 200,
      ]);
      for (const { text, headers } of answers) expect(text + JSON.stringify(headers)).not.toContain(password);
    });
  });
}
