import type { Check } from '../check.ts';
import { absent, agree, agreeOn, NotRun, such } from '../difference.ts';
import { idsOf, listOf, prepared } from '../read.ts';

const count = such('a whole number', (value) => /^\d+$/.test(String(value)));

export const listRows: readonly Check[] = [
  {
    id: 'include-inactive',
    sentence:
      '`includeInactive` is a parameter of every list and single GET of accounts and users. Unless it is given, lists of accounts and `/users` leave inactive ones out, and all others answer them',
    source: 'vendor docs',
    note: 'the defaults ours',
    changes: 'account',
    run: async ({ admin, account, accountPath, createUser }) => {
      const { id, path } = await createUser();
      prepared(await admin.patch(path, { active: false }));
      const users = `${await accountPath()}/users`;
      agree(await admin.get(users), { body: [{ id }] });
      agree(await admin.get(users, { query: { includeInactive: false } }), 404);
      agree(await admin.get('/users', { query: { where: `id=${id}` } }), 404);
      prepared(await admin.delete(await accountPath()));
      const where = `id=${(await account()).id}`;
      agree(await admin.get('/accounts', { query: { where } }), { body: [] });
      agree(await admin.get('/accounts', { query: { where, includeInactive: true } }), { body: [{ active: false }] });
      agree(await admin.get('/accounts', { query: { includeInactive: 'x' } }), 400);
      agree(await admin.get(path, { query: { includeInactive: 'x' } }), 400);
    },
  },
  {
    id: 'include-inactive-false',
    sentence: '`includeInactive=false` makes an inactive account or user unknown to a single GET: 404',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { path } = await createUser();
      const query = { includeInactive: false };
      agree(await admin.get(path, { query }), 200);
      prepared(await admin.delete(await accountPath()));
      agree(await admin.get(path, { query }), 404);
      agree(await admin.get(await accountPath(), { query }), 404);
      agree(await admin.get(path), 200);
    },
  },
  {
    id: 'list-headers',
    sentence:
      'Lists have the headers `Elements-Total-Count` and `Elements-Returned-Count`, and `Elements-Next-Page-Token` when there is a next page',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      const all = await admin.get('/accounts');
      const total = Number(all.headers.get('elements-total-count'));
      agree(all, {
        headers: { 'elements-total-count': count, 'elements-returned-count': String(listOf(all).length) },
      });
      if (total < 2) throw new NotRun('it needs two accounts');
      agree(await admin.get('/accounts', { query: { pageSize: 1 } }), {
        headers: {
          'elements-total-count': String(total),
          'elements-returned-count': '1',
          'elements-next-page-token': such('a token', (value) => typeof value === 'string' && value !== ''),
        },
      });
      agree(await admin.get('/accounts', { query: { offset: total - 1 } }), {
        headers: { 'elements-returned-count': '1', 'elements-next-page-token': absent },
      });
    },
  },
  {
    id: 'list-offset',
    sentence: '`offset` counts records, 0 by default; `pageSize` is 200 by default',
    source: 'seed 000',
    changes: 'nothing',
    run: async ({ admin }) => {
      const first = idsOf(await admin.get('/accounts'));
      if (first.length < 2) throw new NotRun('it needs two accounts');
      agreeOn('offset=0', idsOf(await admin.get('/accounts', { query: { offset: 0, pageSize: 200 } })), first);
      agreeOn('offset=1', idsOf(await admin.get('/accounts', { query: { offset: 1, pageSize: 1 } })), [first[1]]);
      agreeOn(
        'number of records',
        first.length,
        such('at most 200', (value) => Number(value) <= 200),
      );
    },
  },
  {
    id: 'list-pages',
    sentence: '`page` counts pages from 1; `nextPage` takes the token of the answer before',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      const ids = idsOf(await admin.get('/accounts', { query: { pageSize: 2 } }));
      if (ids.length < 2) throw new NotRun('it needs two accounts');
      const first = await admin.get('/accounts', { query: { pageSize: 1, page: 1 } });
      agreeOn('page=1', idsOf(first), [ids[0]]);
      agreeOn('page=2', idsOf(await admin.get('/accounts', { query: { pageSize: 1, page: 2 } })), [ids[1]]);
      const nextPage = first.headers.get('elements-next-page-token') ?? '';
      const next = await admin.get('/accounts', { query: { pageSize: 1, nextPage } });
      agreeOn('nextPage', idsOf(next), [ids[1]]);
    },
  },
  {
    id: 'list-bad-values',
    sentence: 'An `offset`, `pageSize` or `page` that is no number, or too small, is 400',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin }) => {
      for (const query of [{ offset: -1 }, { offset: 'x' }, { pageSize: 0 }, { pageSize: 'x' }, { page: 0 }]) {
        agree(await admin.get('/accounts', { query }), 400);
      }
      agree(await admin.get('/accounts', { query: { nextPage: 'x' } }), 400);
    },
  },
  {
    id: 'list-empty',
    sentence:
      'An empty list of users is 404, one of accounts `[]`. An `offset` past the end of a list that is not empty is `[]`',
    source: 'ours',
    note: 'the 404 is of 000',
    changes: 'nothing',
    run: async ({ admin, unknownId }) => {
      agree(await admin.get('/organizations/users', { query: { where: `id=${unknownId}` } }), 404);
      agree(await admin.get('/accounts', { query: { where: `id=${unknownId}` } }), { body: [] });
      agree(await admin.get('/organizations/users', { query: { offset: 100_000 } }), { body: [] });
    },
  },
  {
    id: 'list-paging',
    sentence: '`pageSize` over 5000 is 400; `nextPage` counts before `page`, and `page` before `offset`',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/accounts', { query: { pageSize: 5001 } }), 400);
      agree(await admin.get('/accounts', { query: { pageSize: 5000 } }), 200);
      const ids = idsOf(await admin.get('/accounts', { query: { pageSize: 2 } }));
      const first = await admin.get('/accounts', { query: { pageSize: 1 } });
      const nextPage = first.headers.get('elements-next-page-token');
      if (ids.length < 2 || nextPage === null) throw new NotRun('it needs two accounts');
      const both = await admin.get('/accounts', { query: { pageSize: 1, page: 1, offset: 1 } });
      agreeOn('page=1&offset=1', idsOf(both), [ids[0]]);
      const three = await admin.get('/accounts', { query: { pageSize: 1, nextPage, page: 1, offset: 0 } });
      agreeOn('nextPage=…&page=1&offset=0', idsOf(three), [ids[1]]);
    },
  },
  {
    id: 'list-order',
    sentence: 'Accounts come by ascending id, users by descending id',
    source: 'ours',
    note: '002 lists 413 before 412',
    changes: 'nothing',
    run: async ({ admin }) => {
      const accounts = idsOf(await admin.get('/accounts'));
      agreeOn(
        'ids of accounts',
        accounts,
        [...accounts].sort((a, b) => a - b),
      );
      const users = idsOf(await admin.get('/organizations/users'));
      agreeOn(
        'ids of users',
        users,
        [...users].sort((a, b) => b - a),
      );
    },
  },
  {
    id: 'list-active-accounts',
    sentence: 'Without `includeInactive`, all accounts in `GET /accounts` are active',
    source: 'seed 000',
    changes: 'nothing',
    run: async ({ admin }) => {
      const answer = await admin.get('/accounts');
      agree(answer, { body: listOf(answer).map(() => ({ active: true })) });
    },
  },
];
