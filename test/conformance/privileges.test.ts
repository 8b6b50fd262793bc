import type { Context } from '../../src/conformance/context.ts';
import { keepPolicy } from '../../src/conformance/privileges.ts';

const settable = {
  minLength: 8,
  minUppercase: 1,
  minLowercase: 1,
  minNumbers: 1,
  minSymbols: 1,
  previousPasswordCount: 0,
  expirationDays: 100_000,
};

/** Keeps a policy of an organization whose workspace puts nothing back. */
const keep = (passwordPolicy: unknown) => {
  const undone: unknown[] = [];
  const workspace: Pick<Context['workspace'], 'undoLater'> = { undoLater: (undo) => undone.push(undo) };
  keepPolicy({ organization: { passwordPolicy }, workspace });
  return undone;
};

test('a policy that a call can set is put back later', () => {
  expect(keep(settable)).toHaveLength(1);
});

test.each<[unknown, string]>([
  [undefined, 'the organization shows no password policy'],
  ['strict', 'the organization shows no password policy'],
  [{ ...settable, minLength: 101 }, 'its minLength is 101, and a call can set 8 to 100'],
  [{ ...settable, minSymbols: 11 }, 'its minSymbols is 11, and a call can set 0 to 10'],
  [{ ...settable, expirationDays: -1 }, 'its expirationDays is -1, and a call can set 0 or more'],
  [{ ...settable, previousPasswordCount: undefined }, 'its previousPasswordCount is not shown'],
])('the policy %j is not changed, since it could not be put back', (policy, why) => {
  expect(() => keep(policy)).toThrow(why);
});
