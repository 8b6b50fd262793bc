import type { Answer } from '../answer.ts';
import type { Check } from '../check.ts';
import type { Context } from '../context.ts';
import { agree, agreeOn, such } from '../difference.ts';
import { idsOf, listOf } from '../read.ts';

type Searcher = Pick<Context, 'admin'>;

/** Searches the accounts. */
function search({ admin }: Searcher, where: string): Promise<Answer> {
  return admin.get('/accounts', { query: { where, pageSize: 5000 } });
}

/** Searches the users of the account of the run; no user is an empty list. */
async function searchUsers({ admin, accountPath }: Context, where: string): Promise<number[]> {
  const answer = await admin.get(`${await accountPath()}/users`, { query: { where } });
  return answer.status === 404 ? [] : idsOf(answer);
}

export const searchRows: readonly Check[] = [
  {
    id: 'where-created-date',
    sentence: '`where` on `createdDate` finds what was created on or after a day',
    source: 'seed 000',
    changes: 'nothing',
    run: async (context) => {
      const account = await context.someAccount(true);
      const { id, createdDate } = account;
      const found = async (operator: string) =>
        idsOf(await search(context, `createdDate${operator}'${String(createdDate)}' AND id=${String(id)}`));
      agreeOn('createdDate>= its own day', await found('>='), [id]);
      agreeOn('createdDate= its own day', await found('='), [id]);
      agreeOn('createdDate> its own day', await found('>'), []);
    },
  },
  {
    id: 'where-operators',
    sentence: '`where` knows `=`, `!=`, `<>`, `<`, `>`, `<=` and `>=`',
    source: 'vendor docs',
    changes: 'nothing',
    run: async (context) => {
      const { id } = await context.someAccount(true);
      const found = async (operator: string) =>
        idsOf(await search(context, `id${operator}${String(id)}`)).filter((other) => other === id);
      for (const operator of ['=', '<=', '>=']) agreeOn(`id${operator}its own`, await found(operator), [id]);
      for (const operator of ['!=', '<>', '<', '>']) agreeOn(`id${operator}its own`, await found(operator), []);
    },
  },
  {
    id: 'where-and-or-not',
    sentence: '`AND` binds closer than `OR`; `NOT` takes an expression in parentheses',
    source: 'vendor docs',
    changes: 'nothing',
    run: async (context) => {
      const { id } = await context.someAccount(true);
      const own = `id=${String(id)}`;
      agreeOn('a AND b', idsOf(await search(context, `${own} AND active=false`)), []);
      agreeOn('a OR b AND c', idsOf(await search(context, `${own} OR active=false AND active=true`)), [id]);
      agreeOn('(a OR b) AND c', idsOf(await search(context, `(${own} OR active=true) AND active=false`)), []);
      agreeOn('NOT (a)', idsOf(await search(context, `NOT (active=true) OR ${own}`)), [id]);
    },
  },
  {
    id: 'where-in-null-like',
    sentence: '`where` knows `IN (…)`, `IS NULL` and `LIKE` with `%`, each also with `NOT`',
    source: 'vendor docs',
    changes: 'nothing',
    run: async (context) => {
      const { id } = await context.someAccount(true);
      const found = async (where: string) => idsOf(await search(context, `id=${String(id)} AND ${where}`));
      const holds = [`id IN (0, ${String(id)})`, 'id NOT IN (0)', 'name IS NOT NULL', "type LIKE 'Def%'"];
      for (const where of holds) agreeOn(where, await found(where), [id]);
      const fails = [`id NOT IN (${String(id)})`, 'name IS NULL', "type NOT LIKE '%fault'", "type LIKE 'efault'"];
      for (const where of fails) agreeOn(where, await found(where), []);
    },
  },
  {
    id: 'where-keyword-case',
    sentence: 'Keywords of `where` are written in any case, and spaces around operators are optional',
    source: 'vendor docs',
    changes: 'nothing',
    run: async (context) => {
      const { id } = await context.someAccount(true);
      for (const where of [`id = ${String(id)} and Active=TRUE`, `id=${String(id)} anD type like 'Default'`]) {
        agreeOn(where, idsOf(await search(context, where.replace('Active', 'active'))), [id]);
      }
    },
  },
  {
    id: 'where-quotes',
    sentence:
      'A text stands in single or double quotes, with two single quotes for one inside; a number may be quoted too',
    source: 'vendor docs',
    changes: 'account',
    run: async (context) => {
      const { id } = await context.createUser({ firstName: "O'Hara" });
      agreeOn("firstName='O''Hara'", await searchUsers(context, "firstName='O''Hara'"), [id]);
      agreeOn('firstName="O\'Hara"', await searchUsers(context, 'firstName="O\'Hara"'), [id]);
      agreeOn(`id='…'`, await searchUsers(context, `id='${id}'`), [id]);
    },
  },
  {
    id: 'where-percent',
    sentence:
      'Malformed percent-encoding in a query is read leniently: `where=active%3D%true%60`, which 001 prints, is `active=true`',
    source: 'seed 001',
    changes: 'nothing',
    run: async ({ admin }) => {
      const printed = await admin.get('/accounts?where=active%3D%true%60&offset=0&pageSize=100');
      const meant = await admin.get('/accounts', { query: { where: 'active=true', pageSize: 100 } });
      agreeOn('ids', idsOf(printed), idsOf(meant));
    },
  },
  {
    id: 'where-case',
    sentence: 'LIKE, and `=` on `name` of users, ignore case; `_` is literal',
    source: 'ours',
    changes: 'account',
    run: async (context) => {
      const { id } = await context.createUser({ firstName: 'Gregory' });
      agreeOn('LIKE', await searchUsers(context, "firstName LIKE 'gREG%'"), [id]);
      agreeOn('= on name', await searchUsers(context, "name='GREGORY'"), [id]);
      agreeOn('= on firstName', await searchUsers(context, "firstName='GREGORY'"), []);
      agreeOn('LIKE with _', await searchUsers(context, "firstName LIKE 'Gregor_'"), []);
    },
  },
  {
    id: 'where-name',
    sentence: '`name` of users matches any word of `fullName`, or all of it',
    source: 'ours',
    note: '002',
    changes: 'account',
    run: async (context) => {
      const { id } = await context.createUser({ firstName: 'Greg', lastName: 'van Dyke' });
      for (const name of ['greg', 'dyke', 'Greg van Dyke']) {
        agreeOn(`name='${name}'`, await searchUsers(context, `name='${name}'`), [id]);
      }
      agreeOn("name='gre'", await searchUsers(context, "name='gre'"), []);
    },
  },
  {
    id: 'where-unset-field',
    sentence: 'A comparison with an unset field is false, also `!=`, `NOT LIKE` and `NOT IN`; `= null` means `IS NULL`',
    source: 'ours',
    changes: 'account',
    run: async (context) => {
      const { id } = await context.createUser();
      for (const where of ["city='x'", "city!='x'", "city NOT LIKE 'x'", "city NOT IN ('x')"]) {
        agreeOn(where, await searchUsers(context, where), []);
      }
      agreeOn('city = null', await searchUsers(context, 'city = null'), [id]);
    },
  },
  {
    id: 'where-unknown-field',
    sentence: 'A `where` with an unknown field, or with a value that its field cannot have, is 400',
    source: 'ours',
    changes: 'nothing',
    run: async (context) => {
      for (const where of ["nothing='x'", "id='x'", "active='perhaps'", "createdDate>'yesterday'"]) {
        agree(await search(context, where), 400);
      }
    },
  },
  {
    id: 'where-secret-field',
    sentence: 'Passwords and secrets cannot be searched: 400',
    source: 'ours',
    changes: 'nothing',
    run: async ({ admin }) => {
      for (const where of ["password='x'", "secret LIKE '%'"]) {
        agree(await admin.get('/organizations/users', { query: { where } }), 400);
      }
    },
  },
  {
    id: 'where-backticks',
    sentence: 'Stray backticks around a bare value are ignored (001 prints ``active=%true` ``)',
    source: 'ours',
    changes: 'nothing',
    run: async (context) => {
      const { id } = await context.someAccount(true);
      agreeOn('a backtick after a value', idsOf(await search(context, `id=${String(id)}\``)), [id]);
      agreeOn('backticks around a name', idsOf(await search(context, `\`id\`=${String(id)}`)), [id]);
    },
  },
  {
    id: 'where-curly-quotes',
    sentence:
      'Curly quotes and primes count as straight quotes. Inside a text they end it only before `AND`, `OR`, `,`, `)` or the end of the expression; two in a row stand for one',
    source: 'ours',
    note: 'the documents print them',
    changes: 'nothing',
    run: async (context) => {
      const { id } = await context.someAccount(true);
      for (const type of ['‘Default’', '’Default’', '“Default”', '′Default′']) {
        agreeOn(`type=${type}`, idsOf(await search(context, `type=${type} AND id=${String(id)}`)), [id]);
      }
    },
  },
  {
    id: 'where-text-order',
    sentence: 'Text is compared by UTF-16 code units',
    source: 'ours',
    changes: 'account',
    run: async (context) => {
      const { id } = await context.createUser({ firstName: 'anna' });
      agreeOn("'anna' > 'Zoe'", await searchUsers(context, "firstName>'Zoe'"), [id]);
      agreeOn("'anna' < 'Zoe'", await searchUsers(context, "firstName<'Zoe'"), []);
    },
  },
  {
    id: 'where-users',
    sentence: '`where` searches the users of an account, such as the active ones',
    source: 'seed 001',
    changes: 'account',
    run: async (context) => {
      const [active, inactive] = [await context.createUser(), await context.createUser()];
      agree(await context.admin.patch(inactive.path, { active: false }), 200);
      agreeOn('active=true', await searchUsers(context, 'active=true'), [active.id]);
      agreeOn('active=false', await searchUsers(context, 'active=false'), [inactive.id]);
    },
  },
  {
    id: 'where-default-account',
    sentence: '`where` searches every field of an account that answers show',
    source: 'ours',
    changes: 'nothing',
    run: async (context) => {
      const [account] = listOf(await search(context, 'defaultAccount=true'));
      agreeOn(
        'the default account',
        account?.defaultAccount,
        such('true', (value) => value === true),
      );
      const { id, companyId, type, active } = account ?? {};
      const where = `companyId=${String(companyId)} AND type='${String(type)}' AND active=${String(active)}`;
      agreeOn('ids', idsOf(await search(context, `${where} AND defaultAccount=true`)), [id]);
    },
  },
];
