import { passwordFor } from '../../src/conformance/password.ts';

test.each<[string, unknown, string]>([
  ['no policy', undefined, 'Qx!0zxzxzx'],
  ['an empty policy', {}, 'Qx!0zxzxzx'],
  ['a minimum length', { minLength: 14 }, 'Qx!0zxzxzxzxzx'],
  ['capitals and small letters', { minUppercase: 3, minLowercase: 2 }, 'QQQxx!0zxz'],
  ['numbers', { minNumbers: 4 }, 'Qx!0000zxz'],
  ['symbols of a set without !', { minSymbols: 2, symbolCharacterSet: ' #$' }, 'Qx##0zxzxz'],
  ['symbols of a set with !', { minSymbols: 2, symbolCharacterSet: '#!' }, 'Qx!!0zxzxz'],
  ['minima of 0', { minUppercase: 0, minLowercase: 0, minSymbols: 0, minNumbers: 0 }, 'Qx!0zxzxzx'],
])('passwordFor makes a password for %s', (_policy, policy, password) => {
  expect(passwordFor(policy)).toBe(password);
});

test('passwordFor makes another password for each number', () => {
  expect(new Set([0, 1, 2, 10].map((n) => passwordFor({ minNumbers: 2 }, n))).size).toBe(4);
});
