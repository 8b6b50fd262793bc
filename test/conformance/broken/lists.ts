import { all, answered, at, type Broken, searched, set, where } from './exchange.ts';

const accounts = 'GET /accounts';
const users = 'GET /accounts/{id}/users';
const none = { body: [] };

export const brokenLists: Readonly<Record<string, Broken>> = {
  'include-inactive': at(`${users}/{userId}`, { status: 200 }, searched('?includeInactive=x')),
  'include-inactive-false': at(`${accounts}/{id}`, { status: 200 }, searched('?includeInactive=false')),
  'list-headers': at(accounts, { headers: { 'elements-total-count': '1000' } }, searched('?pageSize=1')),
  'list-offset': at(accounts, set({ id: 20 }), searched('?offset=1&pageSize=1')),
  'list-pages': at(accounts, set({ id: 20 }), searched('?pageSize=1&page=2')),
  'list-bad-values': at(accounts, { status: 200 }, searched('?offset=-1')),
  'list-empty': at('GET /organizations/users', { status: 404 }, searched('?offset=100000')),
  'list-paging': at(accounts, { status: 200 }, searched('?pageSize=5001')),
  'list-order': at(
    'GET /organizations/users',
    ({ body }) => ({ body: [...Object(body)].reverse() }),
    all(answered(200), searched('')),
  ),
  'list-active-accounts': at(accounts, set({ active: false }), all(answered(200), searched(''))),
  'where-created-date': at(accounts, none, where('createdDate>=')),
  'where-operators': at(accounts, { body: [{ id: 20 }] }, where('id<>')),
  'where-and-or-not': at(accounts, { body: [{ id: 20 }] }, where('id=20 AND active=false')),
  'where-in-null-like': at(accounts, none, where('id NOT IN (0)')),
  'where-keyword-case': at(accounts, none, where('anD')),
  'where-quotes': at(users, { status: 404 }, where("'O''Hara'")),
  'where-percent': at(accounts, none, ({ search }) => search.includes('%true%60')),
  'where-case': at(users, { status: 404 }, where('gREG')),
  'where-name': at(users, { status: 404 }, where('dyke')),
  'where-unset-field': at(users, { status: 200, body: [{ id: 1 }] }, where("city!='x'")),
  'where-unknown-field': at(accounts, { status: 200 }, where("nothing='x'")),
  'where-secret-field': at('GET /organizations/users', { status: 200 }, where('secret')),
  'where-backticks': at(accounts, none, where('id=20`')),
  'where-curly-quotes': at(accounts, none, where('“')),
  'where-text-order': at(users, { status: 404 }, where("firstName>'Zoe'")),
  'where-users': at(users, none, where('active=false')),
  'where-default-account': at(accounts, none, where('companyId')),
};
