import { createEmulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { idsOf, listOf, ok, refused, seen } from '../answers.ts';

const createWorld = reuseWorlds();

const here = {
  id: 110,
  name: 'Here',
  description: 'here',
  active: true,
  companyId: 10,
  createdDate: '2020-01-01',
  externalId: 'here',
  defaultAccount: false,
  type: 'CompanyAccount',
};
const created = {
  id: 500,
  name: 'ext-1',
  description: 'ext-1',
  active: true,
  companyId: 10,
  externalId: 'ext-1',
  defaultAccount: false,
  type: 'CompanyAccount',
};
const some = (fields: object) => expect.objectContaining(fields);
const taken = (id: number, externalId: string) =>
  refused(409, `Account ${id} has the externalId '${externalId}' already: it must be unique among active accounts.`);

const start = () => connect(createWorld());

describe('the body of an account (seed 000)', () => {
  test('has these fields in this order', async () => {
    const response = await start().get('/accounts/110');
    expect(seen(response)).toEqual(ok(here));
    expect(Object.keys(response.body)).toEqual(Object.keys(here));
  });

  test('has the type Default for the default account', async () => {
    expect(seen(await start().get('/accounts/100'))).toEqual(
      ok({
        ...here,
        id: 100,
        name: 'Default of Ten',
        description: 'Where administrators live',
        externalId: 'ten-default',
        defaultAccount: true,
        type: 'Default',
      }),
    );
  });

  test('has no createdDate in the answer of POST, and has one in later answers', async () => {
    const client = start();
    const response = await client.post('/accounts', { externalId: 'ext-1' });
    expect(seen(response)).toEqual(ok(created));
    expect(Object.keys(response.body)).toEqual(Object.keys(created));
    expect(seen(await client.get('/accounts/500'))).toEqual(ok({ ...created, createdDate: '2020-03-01' }));
    expect(seen(await client.patch('/accounts/500', {}))).toEqual(ok({ ...created, createdDate: '2020-03-01' }));
    expect(seen(await client.put('/accounts/500', {}))).toEqual(ok({ ...created, createdDate: '2020-03-01' }));
  });
});

describe('POST /accounts', () => {
  test.each([
    ['neither', {}, { name: 'ext-1', description: 'ext-1' }],
    ['a name', { name: 'N' }, { name: 'N', description: 'ext-1' }],
    ['a description', { description: 'D' }, { name: 'ext-1', description: 'D' }],
    ['both', { name: 'N', description: 'D' }, { name: 'N', description: 'D' }],
    ['nulls', { name: null, description: null }, { name: 'ext-1', description: 'ext-1' }],
  ])('completes a body that has %s of name and description', async (_name, given, expected) => {
    expect(seen(await start().post('/accounts', { externalId: 'ext-1', ...given }))).toEqual(
      ok({ ...created, ...expected }),
    );
  });

  test.each([
    [1984, '1984'],
    [0, '0'],
    [-1.5, '-1.5'],
    ['007', '007'],
    ['you@your company.com', 'you@your company.com'],
  ])('keeps the externalId %j as the string %j', async (externalId, text) => {
    expect(seen(await start().post('/accounts', { externalId }))).toEqual(
      ok({ ...created, externalId: text, name: text, description: text }),
    );
  });

  test('ignores read-only and unknown fields', async () => {
    const body = {
      externalId: 'ext-1',
      id: 7,
      active: false,
      companyId: 20,
      createdDate: '1999-01-01',
      defaultAccount: true,
      type: 'Default',
      organizationId: 20,
      color: 'red',
    };
    const client = start();
    expect(seen(await client.post('/accounts', body))).toEqual(ok(created));
    expect(seen(await client.get('/accounts/500'))).toEqual(ok({ ...created, createdDate: '2020-03-01' }));
  });

  test('counts ids up, skips ids in use, and takes no id for a refused request', async () => {
    const client = connect(
      createEmulator({
        fixture: {
          organizations: [
            {
              name: 'O',
              accounts: [
                { id: 1, defaultAccount: true },
                { id: 3, externalId: 'three' },
              ],
            },
          ],
          sequences: { account: 2 },
        },
      }),
    );
    const post = async (externalId: string) => {
      const { status, body } = await client.post('/accounts', { externalId });
      return [status, body.id];
    };
    expect(await post('a')).toEqual([200, 2]);
    expect(await post('three')).toEqual([409, undefined]);
    expect(await post('')).toEqual([400, undefined]);
    expect(await post('b')).toEqual([200, 4]);
  });
});

describe('externalId is unique among the active accounts of an organization', () => {
  test.each([
    [
      'a new account with the externalId of another is refused',
      'post',
      '/accounts',
      { externalId: 'here' },
      taken(110, 'here'),
    ],
    [
      'a new account with the externalId of the default account is refused',
      'post',
      '/accounts',
      { externalId: 'ten-default' },
      taken(100, 'ten-default'),
    ],
    [
      'PATCH with the externalId of another account is refused',
      'patch',
      '/accounts/120',
      { externalId: 'here' },
      taken(110, 'here'),
    ],
    [
      'PUT with the externalId of another account is refused',
      'put',
      '/accounts/120',
      { externalId: 'here' },
      taken(110, 'here'),
    ],
    [
      'a reactivation with the externalId of another account is refused',
      'patch',
      '/accounts/130',
      { active: true, externalId: 'here' },
      taken(110, 'here'),
    ],
    ['its own externalId is accepted', 'patch', '/accounts/110', { externalId: 'here' }, ok(here)],
    [
      'another case of letters is accepted',
      'post',
      '/accounts',
      { externalId: 'HERE' },
      ok(some({ externalId: 'HERE' })),
    ],
    [
      'the externalId of an inactive account is accepted',
      'post',
      '/accounts',
      { externalId: 'gone' },
      ok(some({ externalId: 'gone' })),
    ],
    [
      'the externalId of an account of another organization is accepted',
      'post',
      '/accounts',
      { externalId: 'twenty-default' },
      ok(some({ companyId: 10 })),
    ],
    [
      'an inactive account can have the externalId of another',
      'patch',
      '/accounts/130',
      { externalId: 'here' },
      ok(some({ active: false })),
    ],
  ] as const)('%s', async (_name, verb, path, body, expected) => {
    expect(seen(await start()[verb](path, body))).toEqual(expected);
  });

  test('a number and its string are the same externalId', async () => {
    const client = start();
    expect(seen(await client.post('/accounts', { externalId: 1984 }))).toEqual(ok(some({ id: 500 })));
    expect(seen(await client.post('/accounts', { externalId: '1984' }))).toEqual(taken(500, '1984'));
  });

  test('a refused request changes no other field either', async () => {
    const client = start();
    const body = { externalId: 'there', name: 'New', description: 'New', active: false };
    expect(seen(await client.patch('/accounts/130', { externalId: 'here', active: true }))).toEqual(taken(110, 'here'));
    expect(seen(await client.get('/accounts/130'))).toEqual(ok(some({ externalId: 'gone', active: false })));
    expect(seen(await client.patch('/accounts/110', { ...body, active: true }))).toEqual(taken(120, 'there'));
    expect(seen(await client.get('/accounts/110'))).toEqual(ok(here));
  });

  test('a deleted account frees its externalId, and cannot be reactivated with it while another account has it', async () => {
    const client = start();
    await client.delete('/accounts/110');
    expect(seen(await client.post('/accounts', { externalId: 'here' }))).toEqual(ok(some({ id: 500 })));
    expect(seen(await client.patch('/accounts/110', { active: true }))).toEqual(taken(500, 'here'));
    expect(seen(await client.get('/accounts/110'))).toEqual(ok({ ...here, active: false }));
    expect(seen(await client.patch('/accounts/110', { active: true, externalId: 'here-2' }))).toEqual(
      ok({ ...here, externalId: 'here-2' }),
    );
  });

  test('an account that changes its externalId frees the old one', async () => {
    const client = start();
    await client.patch('/accounts/110', { externalId: 'moved' });
    expect(seen(await client.patch('/accounts/120', { externalId: 'here' }))).toEqual(ok(some({ id: 120 })));
    expect(seen(await client.post('/accounts', { externalId: 'moved' }))).toEqual(taken(110, 'moved'));
  });
});

describe.each(['patch', 'put'] as const)('%s /accounts/{id}', (verb) => {
  test.each([
    ['one field', { name: 'Updated Account' }, { name: 'Updated Account' }],
    ['all fields', { name: 'N', description: 'D', externalId: 'E' }, { name: 'N', description: 'D', externalId: 'E' }],
    ['a number as externalId', { externalId: 12 }, { externalId: '12' }],
    ['an empty description', { description: '' }, { description: '' }],
    ['nothing', {}, {}],
    ['nulls', { name: null, description: null, externalId: null, active: null }, {}],
    [
      'read-only fields',
      { id: 1, companyId: 20, createdDate: '1999-01-01', defaultAccount: true, type: 'Default' },
      {},
    ],
    ['the whole account as GET answers it', here, {}],
  ])('changes the given fields: %s', async (_name, body, expected) => {
    const client = start();
    expect(seen(await client[verb]('/accounts/110', body))).toEqual(ok({ ...here, ...expected }));
    expect(seen(await client.get('/accounts/110'))).toEqual(ok({ ...here, ...expected }));
  });

  test('changes an inactive account and leaves it inactive', async () => {
    expect(seen(await start()[verb]('/accounts/130', { name: 'N' }))).toEqual(
      ok(some({ id: 130, name: 'N', active: false })),
    );
  });

  test.each([{ name: '' }, { name: ' ' }, { externalId: '' }, { externalId: ' ' }])('refuses %j', async (body) => {
    const client = start();
    expect(seen(await client[verb]('/accounts/110', body))).toEqual(
      refused(400, expect.stringContaining(`'${Object.keys(body)[0]}'`)),
    );
    expect(seen(await client.get('/accounts/110'))).toEqual(ok(here));
  });
});

describe('GET /accounts', () => {
  test.each([
    ['/accounts', [100, 110, 120]],
    ['/accounts?includeInactive=true', [100, 110, 120, 130]],
    ['/accounts?includeInactive=false', [100, 110, 120]],
    ['/accounts?includeInactive=', [100, 110, 120]],
    ['/accounts?active=false', [100, 110, 120]],
    ['/accounts?where=active=false', []],
    ['/accounts?includeInactive=true&where=active=false', [130]],
    ["/accounts?where=externalId='gone'", []],
    ['/accounts?where=id=130', []],
    ['/accounts?includeInactive=true&where=id=130', [130]],
  ])('%s', async (path, ids) => {
    expect(idsOf(await start().get(path))).toEqual(listOf(...ids));
  });

  test.each(['1', 'yes', 'TRUE', 'null'])('answers 400 for includeInactive=%s', async (value) => {
    expect(seen(await start().get(`/accounts?includeInactive=${value}`))).toEqual(
      refused(400, `Parameter 'includeInactive' must be true or false, not '${value}'.`),
    );
  });

  test('lists accounts with all of their fields', async () => {
    expect(seen(await start().get('/accounts?where=id=110'))).toEqual(ok([here]));
  });
});
