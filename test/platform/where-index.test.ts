import { createEmulator } from '../../src/index.ts';
import { connect } from '../support/client.ts';
import { isEndurance } from '../support/runs.ts';
import { idsOf, listOf, refused, seen } from './answers.ts';
import { searched } from './searched.ts';

const client = connect(createEmulator({ fixture: searched, now: '2020-03-01' }));

const accounts = (where: string) => client.get(`/accounts?where=${encodeURIComponent(where)}`);
const users = (where: string) => client.get(`/organizations/users?where=${encodeURIComponent(where)}`);

describe('an index finds the same records as a scan', () => {
  interface Pair {
    readonly indexed: string;
    readonly scanned: string;
  }
  const equal = (field: string, value: string): Pair => ({
    indexed: `${field}=${value}`,
    scanned: `NOT (${field} != ${value}) AND ${field} IS NOT NULL`,
  });
  // An OR is never looked up, and a null in a list equals nothing.
  const among = (field: string, values: readonly string[]): Pair => ({
    indexed: `${field} IN (${values.join(', ')})`,
    scanned: `(${['id=-1', 'id=-2', ...values.filter((value) => value !== 'null').map((value) => `${field}=${value}`)].join(' OR ')})`,
  });
  const both = (one: Pair, other: Pair): Pair => ({
    indexed: `${one.indexed} AND ${other.indexed}`,
    scanned: `${one.scanned} AND ${other.scanned}`,
  });
  const active: Pair = { indexed: 'active=true', scanned: 'active=true' };

  const values = {
    id: ['10', "'11'", "'011'", '11.0', '13', '20', '99', '-1', '1e1', '101', '110', '200'],
    externalId: ["'1984'", '1984', '007', "'7'", '7', "'gone'", "'x'", "'X'", "''", "'you@one.example'"],
    email: ["'Bob@one.example'", "'bob@one.example'", "'eve@two.example'", "'dee@one.example'", "'nobody'"],
  };
  const pairs = (field: keyof typeof values): Pair[] => {
    const all = values[field];
    const equals = all.map((value) => equal(field, value));
    const [first, second] = equals as [Pair, Pair];
    const list = among(field, all);
    return [
      ...equals,
      list,
      among(field, [...all, 'null']),
      among(field, ['null']),
      both(first, second),
      both(active, first),
      both(list, active),
    ];
  };
  const ofAccounts = [...pairs('id'), ...pairs('externalId')];
  const ofUsers = [...ofAccounts, ...pairs('email')];

  test.each([
    ['/accounts?', ofAccounts],
    ['/accounts?includeInactive=true&', ofAccounts],
    ['/accounts/10/users?', ofUsers],
    ['/accounts/11/users?', ofUsers],
    ['/organizations/users?', ofUsers],
  ])('%s', async (path, queries) => {
    const tried = queries.filter((_, at) => isEndurance || at % 2 === 0);
    const ask = async (where: string) => {
      const response = await client.get(`${path}where=${encodeURIComponent(where)}`);
      const { message = 'found' } = response.body;
      return {
        message,
        ...(message === 'found' ? idsOf(response) : {}),
        total: response.headers['elements-total-count'],
      };
    };
    let hits = 0;
    for (const { indexed, scanned } of tried) {
      const answer = await ask(indexed);
      expect({ indexed, ...answer }).toEqual({ indexed, ...(await ask(scanned)) });
      expect(['found', 'No users found']).toContain(answer.message);
      if (Number(answer.total) > 0) hits += 1;
    }
    // Comparing two empty lists would prove nothing.
    expect(hits).toBeGreaterThan(isEndurance ? 3 : 0);
  });

  test('records from an index have the order of the list, by number', async () => {
    const users = [9, 10, 100].map((id) => ({ id, email: `${id}@o.example`, externalId: 'x' }));
    const organization = { name: 'O', accounts: [{ id: 9, defaultAccount: true, users }, { id: 10 }, { id: 100 }] };
    const own = connect(createEmulator({ fixture: { organizations: [organization] } }));
    expect(idsOf(await own.get('/accounts?where=id IN (100, 9, 10)'))).toEqual(listOf(9, 10, 100));
    expect(idsOf(await own.get('/accounts/9/users?where=id IN (9, 100, 10, 9)'))).toEqual(listOf(100, 10, 9));
    expect(idsOf(await own.get("/accounts/9/users?where=externalId='x'&pageSize=2"))).toEqual(listOf(100, 10));
  });

  test('an index does not find records of other organizations and accounts', async () => {
    const none = refused(404, 'No users found');
    expect(idsOf(await accounts('id=20'))).toEqual(listOf());
    expect(idsOf(await accounts("externalId='1984'"))).toEqual(listOf(11));
    expect(idsOf(await accounts('id IN (20, 11)'))).toEqual(listOf(11));
    expect(seen(await users('id=200'))).toEqual(none);
    expect(seen(await users("email='eve@two.example'"))).toEqual(none);
    expect(seen(await users('id=110'))).toEqual(none);
    expect(idsOf(await users("externalId='x'"))).toEqual(listOf(101));
  });

  test('an index has the changed values', async () => {
    const changing = createEmulator({ fixture: searched, now: '2020-03-01' });
    const own = connect(changing);
    await own.patch('/organizations/users/102', { email: 'new@one.example', externalId: 'x' });
    await own.patch('/accounts/11', { externalId: 'eleven' });
    await own.delete('/organizations/users/101');
    const ids = async (path: string) => idsOf(await own.get(path));
    expect(await ids("/organizations/users?where=email='new@one.example'")).toEqual(listOf(102));
    expect(await ids("/organizations/users?where=externalId='x'")).toEqual(listOf(102));
    expect(await ids("/accounts?where=externalId='1984'")).toEqual(listOf());
    expect(await ids("/accounts?where=externalId='eleven'")).toEqual(listOf(11));
    expect(seen(await own.get("/organizations/users?where=email='cy@one.example'"))).toEqual(
      refused(404, 'No users found'),
    );
  });
});
