import type { Emulator } from '../../../src/index.ts';
import { connect } from '../../support/client.ts';
import { reuseWorlds } from '../../support/reuse-worlds.ts';
import { idsOf, listOf, ok, refused, seen, unauthorized401 } from '../answers.ts';

const createWorld = reuseWorlds();

const own = '/organizations/10/accounts';
const noOrganization = (id: string) => refused(404, `No organization found with ID ${id}`);
const noInteger = (name: string, text: string) =>
  refused(400, `Path parameter '${name}' must be an integer, not '${text}'.`);

/** An answer with its headers, without the request id. */
async function whole(request: ReturnType<ReturnType<typeof connect>['get']>) {
  const response = await request;
  const { 'elements-request-id': id, ...headers } = response.headers as Record<string, unknown>;
  const text = response.text.replace(String(id), 'the request id');
  return { status: response.status, headers, text };
}

// Reading changes nothing, so that one emulator is enough.
const emulator = createWorld();
const client = connect(emulator);
const other = connect(emulator, emulator.authorizationFor(2000));

describe('GET answers as /accounts does', () => {
  test.each<[string, ReturnType<typeof listOf>]>([
    ['', listOf(100, 110, 120)],
    ['?includeInactive=true', listOf(100, 110, 120, 130)],
    ['?includeInactive=false', listOf(100, 110, 120)],
    ['?where=active=false', listOf()],
    ['?includeInactive=true&where=active=false', listOf(130)],
    ["?where=externalId='here'", listOf(110)],
    ['?where=id IN (120, 200, 110)', listOf(110, 120)],
    ["?where=name LIKE '%25ere'&pageSize=1", listOf(110)],
    ['?pageSize=2', listOf(100, 110)],
    ['?pageSize=2&page=2', listOf(120)],
    ['?pageSize=1&offset=1', listOf(110)],
    ['?offset=9', listOf()],
    ['/110', { status: 200, ids: expect.objectContaining({ id: 110, externalId: 'here' }) }],
    ['/130', { status: 200, ids: expect.objectContaining({ id: 130, active: false }) }],
    ['/999', { status: 404, ids: refused(404, 'No account found with ID 999').body }],
    ['/200', { status: 404, ids: refused(404, 'No account found with ID 200').body }],
    ['?includeInactive=1', { status: 400, ids: refused(400, expect.stringContaining("'includeInactive'")).body }],
    ['?where=nope=1', { status: 400, ids: refused(400, expect.stringContaining("field 'nope'")).body }],
    ['?pageSize=0', { status: 400, ids: refused(400, expect.stringContaining("'pageSize'")).body }],
    ['?nextPage=x', { status: 400, ids: refused(400, expect.stringContaining("'nextPage'")).body }],
  ])('%s', async (rest, expected) => {
    expect(idsOf(await client.get(own + rest))).toEqual(expected);
    expect(await whole(client.get(own + rest))).toEqual(await whole(client.get(`/accounts${rest}`)));
  });

  test('the nextPage tokens of one path work on the other', async () => {
    const walked: unknown[] = [];
    let path = `${own}?includeInactive=true&pageSize=1`;
    for (let token: unknown = ''; token !== undefined; ) {
      expect(walked.length).toBeLessThan(4);
      const response = await client.get(path);
      expect(response.headers).toMatchObject({ 'elements-total-count': '4', 'elements-returned-count': '1' });
      walked.push(response.body[0].id);
      token = response.headers['elements-next-page-token'];
      const place = path.startsWith(own) ? '/accounts' : own;
      path = `${place}?includeInactive=true&nextPage=${token}`;
    }
    expect(walked).toEqual([100, 110, 120, 130]);
  });
});

describe('POST answers as /accounts does', () => {
  const here = "Account 110 has the externalId 'here' already: it must be unique among active accounts.";

  test.each<[object, ReturnType<typeof ok>]>([
    [
      { externalId: 'new' },
      ok({
        id: 500,
        name: 'new',
        description: 'new',
        active: true,
        companyId: 10,
        externalId: 'new',
        defaultAccount: false,
        type: 'CompanyAccount',
      }),
    ],
    [{ externalId: 7, name: 'N', companyId: 20, id: 3 }, ok(expect.objectContaining({ id: 500, externalId: '7' }))],
    [{ externalId: 'gone' }, ok(expect.objectContaining({ id: 500, companyId: 10 }))],
    [{ externalId: 'twenty-default' }, ok(expect.objectContaining({ id: 500, companyId: 10 }))],
    [{ externalId: 'here' }, refused(409, here)],
    [{ name: 'N' }, refused(400, 'Missing required field: externalId.')],
    [{ externalId: 'new', name: 5 }, refused(400, "Field 'name' must be a text that is not blank, not a number.")],
  ])('%j', async (body, expected) => {
    // Two emulators of one seed have the same ids, and the same state afterwards.
    const outcome = async (path: string) => {
      const world: Emulator = createWorld();
      const { status, body: answer, headers } = await connect(world).post(path, body);
      return { answer: { status, body: answer }, headers, snapshot: world.snapshot() };
    };
    const there = await outcome(own);
    expect(there.answer).toEqual(expected);
    expect(there.answer.body).not.toHaveProperty('createdDate');
    expect(there).toEqual(await outcome('/accounts'));
  });

  test('the account stays, with its createdDate', async () => {
    const creating = connect(createWorld());
    await creating.post(own, { externalId: 'new' });
    const made = ok(expect.objectContaining({ id: 500, externalId: 'new', createdDate: '2020-03-01' }));
    for (const path of ['/accounts/500', `${own}/500`]) expect(seen(await creating.get(path))).toEqual(made);
    expect(idsOf(await creating.get(own))).toEqual(listOf(100, 110, 120, 500));
  });
});

describe('the organization in the path', () => {
  const bodies = [{ externalId: 'new' }, { externalId: 'here' }, { externalId: 'twenty-default' }, { externalId: 5 }];

  test.each(['20', '11', '1', '0', '-10', '100', '99999999999999999999'])(
    "%s answers 404, because it is not the caller's",
    async (id) => {
      const path = `/organizations/${id}/accounts`;
      for (const rest of ['', '?includeInactive=true', '/110', '/200', '/999']) {
        expect(seen(await client.get(path + rest))).toEqual(noOrganization(id));
      }
      for (const body of bodies) expect(seen(await client.post(path, body))).toEqual(noOrganization(id));
      expect(seen(await client.get('/accounts/500'))).toEqual(refused(404, 'No account found with ID 500'));
    },
  );

  test('callers of another organization get its accounts only', async () => {
    expect(idsOf(await other.get('/organizations/20/accounts'))).toEqual(listOf(200));
    expect(idsOf(await other.get('/organizations/20/accounts/200'))).toMatchObject({ status: 200, ids: { id: 200 } });
    for (const rest of ['', '/110', '/200']) {
      expect(seen(await other.get(own + rest))).toEqual(noOrganization('10'));
    }
    expect(seen(await other.post(own, { externalId: 'new' }))).toEqual(noOrganization('10'));
  });

  // The organization is checked last: an invalid body tells nothing about it.
  test.each(['10', '20', '11'])(
    '%s answers 400 for an invalid body or query, as every organization does',
    async (id) => {
      const path = `/organizations/${id}/accounts`;
      const missing = refused(400, 'Missing required field: externalId.');
      expect(seen(await client.post(path, {}))).toEqual(missing);
      expect(seen(await client.get(`${path}/here`))).toEqual(noInteger('accountId', 'here'));
    },
  );

  test.each(['me', 'ten', '10.0', '1e1', '0x0a', '%20'])('%s answers 400, because it is not an id', async (id) => {
    const path = `/organizations/${id}/accounts`;
    const expected = noInteger('id', decodeURIComponent(id));
    expect(seen(await client.get(path))).toEqual(expected);
    expect(seen(await client.get(`${path}/110`))).toEqual(expected);
    expect(seen(await client.post(path, { externalId: 'new' }))).toEqual(expected);
    expect(seen(await client.post(path, {}))).toEqual(expected);
  });

  test('is not checked for a caller without access', async () => {
    for (const user of [1001, 1100, 1101]) {
      const caller = connect(emulator, emulator.authorizationFor(user));
      for (const id of ['10', '20', '11', 'me']) {
        expect(seen(await caller.get(`/organizations/${id}/accounts?where=((`))).toEqual(unauthorized401);
        expect(seen(await caller.get(`/organizations/${id}/accounts/110`))).toEqual(unauthorized401);
        expect(seen(await caller.post(`/organizations/${id}/accounts`, {}))).toEqual(unauthorized401);
      }
    }
  });

  test.each([
    ['patch', `${own}/110`, 'GET, HEAD, OPTIONS'],
    ['put', `${own}/110`, 'GET, HEAD, OPTIONS'],
    ['delete', `${own}/110`, 'GET, HEAD, OPTIONS'],
    ['patch', own, 'GET, HEAD, POST, OPTIONS'],
    ['delete', own, 'GET, HEAD, POST, OPTIONS'],
  ] as const)('%s %s answers 405, because only /accounts changes accounts', async (verb, path, allow) => {
    const response = await client.call(verb, path);
    const text = `${verb.toUpperCase()} is not allowed on ${path}, only ${allow}.`;
    expect(seen(response)).toEqual(refused(405, text));
    expect(response.headers.allow).toBe(allow);
  });
});
