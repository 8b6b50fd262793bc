import type { PasswordPolicy } from './records.ts';

/** The policy of an organization without one (docs/fidelity.md#password-policy-bounds). */
export const defaultPasswordPolicy: PasswordPolicy = Object.freeze({
  minLength: 8,
  minUppercase: 1,
  minLowercase: 1,
  minNumbers: 1,
  minSymbols: 1,
  symbolCharacterSet: '!"?$?%^&*()_-+={[}]:;@\'~#|\\<,>?/.',
  previousPasswordCount: 0,
  expirationDays: 100000,
});
