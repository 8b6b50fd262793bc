import { connect } from '../../support/client.ts';
import { createWorld } from '../../support/world.ts';
import { ok, refused, seen } from '../answers.ts';
import { newUser, type UserResource } from '../users/user-resource.ts';

const some = (fields: object) => expect.objectContaining(fields);

/** Which roles a request can grant: the tests of one resource. */
export function describeRoleRules({ collection, uma, inDefaultAccount, changes }: UserResource): void {
  const start = () => connect(createWorld());

  describe('roles', () => {
    /** Tests whether a role was granted; only /accounts shows roles. */
    const rolesOf = async (client: ReturnType<typeof start>, id: number) => {
      const account = inDefaultAccount && id !== 1101 ? 100 : 110;
      const { status, body } = await client.get(`/accounts/${account}/users/${id}`);
      return { status, keys: body.roles?.map(({ key }: { key: string }) => key) };
    };
    const keys = (...list: string[]) => list.map((key) => ({ key }));

    test.each([
      ['nothing', undefined, ['org']],
      ['an empty list', [], ['org']],
      ['admin', ['admin'], ['admin', 'org']],
      ['org, which every user has', ['org'], ['org']],
      ['default-user', ['default-user'], ['default-user', 'org']],
      ['one role twice', ['admin', 'admin'], ['admin', 'org']],
      ['several', ['admin', 'org', 'default-user'], ['admin', 'default-user', 'org']],
    ])('are granted on create for a body with %s', async (_name, asked, granted) => {
      const client = start();
      const body = asked === undefined ? newUser : { ...newUser, roles: keys(...asked) };
      expect(seen(await client.post(collection, body))).toEqual(ok(some({ id: 5000 })));
      expect(await rolesOf(client, 5000)).toEqual({ status: 200, keys: granted });
    });

    const unknown = (key: string) =>
      refused(400, `Role '${key}' is unknown: the roles are admin, org, org-admin, default-user.`);
    const above = (key: string) => refused(403, `Role '${key}' is above the roles of the caller.`);
    const outside = refused(400, "Role 'org-admin' is only for users of the default account.");
    const refusals: [string, string[], ReturnType<typeof refused>][] = [
      ['an unknown key', ['boss'], unknown('boss')],
      ['another case of letters', ['Admin'], unknown('Admin')],
      ['a name of a JavaScript prototype', ['__proto__'], unknown('__proto__')],
      ['another word of JavaScript', ['constructor'], unknown('constructor')],
      ['a known and an unknown one', ['admin', 'boss'], unknown('boss')],
      ['sys-admin', ['sys-admin'], above('sys-admin')],
      ['admin and sys-admin', ['admin', 'sys-admin'], above('sys-admin')],
      ['an unknown one before one above', ['boss', 'sys-admin'], unknown('boss')],
      ['an unknown one after one above: unknown comes first', ['sys-admin', 'boss'], unknown('boss')],
    ];

    test.each(refusals)('are refused on create and on change for %s', async (_name, asked, expected) => {
      const client = start();
      const roles = keys(...asked);
      expect(seen(await client.post(collection, { ...newUser, roles }))).toEqual(expected);
      expect(seen(await client.post(collection, newUser))).toEqual(ok(some({ id: 5000 })));
      for (const verb of changes) {
        expect(seen(await client[verb](uma, { roles, firstName: 'Changed' }))).toEqual(expected);
      }
      expect(seen(await client.get(uma))).toEqual(ok(some({ firstName: 'Uma' })));
      expect(await rolesOf(client, 1101)).toEqual({ status: 200, keys: ['org'] });
    });

    test('org-admin is for users of the default account', async () => {
      const client = start();
      const created = seen(await client.post(collection, { ...newUser, roles: keys('org-admin') }));
      if (inDefaultAccount) {
        expect(created).toEqual(ok(some({ id: 5000 })));
        expect(await rolesOf(client, 5000)).toEqual({ status: 200, keys: ['org-admin', 'org'] });
      } else {
        expect(created).toEqual(outside);
      }
      expect(seen(await client.patch(uma, { roles: keys('org-admin') }))).toEqual(outside);
      expect(seen(await client.patch(uma, { roles: keys('org-admin', 'sys-admin') }))).toEqual(above('sys-admin'));
      expect(seen(await client.patch(uma, { roles: keys('org-admin', 'boss') }))).toEqual(unknown('boss'));
    });

    test.each(changes)('are replaced by %s, unless the body has none', async (verb) => {
      const client = start();
      const steps: [object, string[]][] = [
        [{ roles: keys('admin') }, ['admin', 'org']],
        [{ firstName: 'Una' }, ['admin', 'org']],
        [{ roles: null }, ['admin', 'org']],
        [{ roles: keys('default-user') }, ['default-user', 'org']],
        [{ roles: [{ id: 3, name: 'Administrator', key: 'admin', active: true, features: [] }] }, ['admin', 'org']],
        [{ roles: [] }, ['org']],
      ];
      for (const [body, granted] of steps) {
        expect(seen(await client[verb](uma, body))).toEqual(ok(some({ id: 1101 })));
        expect(await rolesOf(client, 1101)).toEqual({ status: 200, keys: granted });
      }
    });
  });
}
