import fc from 'fast-check';
import { CeqlError, compile, type Expression, parse } from '../../src/ceql/index.ts';
import { compileLike } from '../../src/ceql/like.ts';
import { accountUserListView } from '../../src/platform/account-users/views.ts';
import { accountView } from '../../src/platform/accounts/views.ts';
import { organizationUserView } from '../../src/platform/organization-users/views.ts';
import type { UserRecord } from '../../src/state/records.ts';
import { anyCharacter } from '../support/characters.ts';
import { runs } from '../support/runs.ts';
import { anyExpression, anyText, instants, numbers, userExpression, words } from './arbitraries.ts';
import { withoutPositions } from './expressions.ts';
import { evaluate, isLike } from './naive.ts';
import { print } from './print.ts';
import { seedFastCheck } from './seed.ts';

seedFastCheck();

const user: fc.Arbitrary<UserRecord> = fc.record(
  {
    id: numbers,
    organizationId: fc.constant(1),
    accountId: fc.constant(1),
    firstName: words,
    lastName: words,
    email: words,
    active: fc.boolean(),
    secret: fc.constant(''),
    roles: fc.constant([]),
    createdDate: instants,
    credentialsExpired: fc.boolean(),
    username: words,
    city: words,
    externalId: words,
  },
  {
    requiredKeys: [
      ...(['id', 'organizationId', 'accountId', 'firstName', 'lastName', 'email', 'active', 'secret'] as const),
      ...(['roles', 'createdDate', 'credentialsExpired'] as const),
    ],
  },
);

test('a printed expression parses to the same expression', () => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      expect(withoutPositions(parse(print(expression)))).toEqual(expression);
    }),
    { numRuns: runs(300) },
  );
});

test('every position is within the text', () => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      const where = print(expression);
      const positions = [...JSON.stringify(parse(where)).matchAll(/"position":(\d+)}/g)].map(([, digits]) =>
        Number(digits),
      );
      return positions.length > 0 && positions.every((position) => position >= 1 && position <= where.length);
    }),
    { numRuns: runs(200) },
  );
});

describe('a compiled expression agrees with a naive implementation', () => {
  const agrees = (expression: Expression, users: readonly UserRecord[], where: Expression) => {
    const query = compile(where, organizationUserView.searchFields);
    expect(users.filter((each) => query.matches(each))).toEqual(users.filter((each) => evaluate(expression, each)));
  };

  test('before and after printing and parsing', () => {
    fc.assert(
      fc.property(userExpression, fc.array(user, { minLength: 1, maxLength: 8 }), (expression, users) => {
        agrees(expression, users, expression);
        agrees(expression, users, parse(print(expression)));
      }),
      { numRuns: runs(500) },
    );
  });

  test('and a matching record has one of the values offered to an index', () => {
    fc.assert(
      fc.property(userExpression, fc.array(user, { minLength: 1, maxLength: 8 }), (expression, users) => {
        const query = compile(expression, organizationUserView.searchFields);
        for (const id of query.equalities.get('id') ?? []) expect(Number(id)).not.toBeNaN();
        for (const each of users.filter((candidate) => query.matches(candidate))) {
          const { id = [String(each.id)], email = [each.email] } = Object.fromEntries(query.equalities);
          expect(id.map(Number)).toContain(each.id);
          expect(email).toContain(each.email);
        }
      }),
      { numRuns: runs(400) },
    );
  });
});

describe('LIKE agrees with a naive implementation', () => {
  test.each([
    ['for a few characters', fc.string({ unit: fc.constantFrom('a', 'A', 'b', '%', '_'), maxLength: 8 })],
    [
      'for letters whose case changes their length or depends on their neighbors',
      fc.string({ unit: fc.constantFrom(...'ΣσςİIß%'), maxLength: 6 }),
    ],
    ['for any characters', fc.string({ unit: anyCharacter, maxLength: 8 })],
  ])('%s', (_, some) => {
    fc.assert(
      fc.property(some, some, (text, pattern) => {
        expect(compileLike(pattern)(text)).toBe(isLike(text, pattern));
        expect(compileLike(`%${text}%`)(`${pattern}${text}${pattern}`)).toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });
});

test('any text is a valid expression or a CeqlError with a position in the text', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, anyExpression.map(print), userExpression.map(print)), (where) => {
      for (const fields of [
        accountView.searchFields,
        organizationUserView.searchFields,
        accountUserListView.searchFields,
      ]) {
        try {
          compile<never>(parse(where), fields);
        } catch (error) {
          if (!(error instanceof CeqlError)) throw error;
          expect(error.message).not.toBe('');
          expect(error.position >= 1 && error.position <= where.length + 1).toBe(true);
        }
      }
    }),
    { numRuns: runs(250) },
  );
});
