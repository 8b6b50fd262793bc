import type { PasswordPolicy, UserRecord } from '../../state/records.ts';
import { foldCase } from '../../text/fold-case.ts';
import { BadRequestError } from '../errors.ts';

/** The largest number of previous passwords that a policy can refuse (row `password-policy-bounds`). */
export const maxPreviousPasswords = 9;

/** A shorter name may be part of a password (row `password-characters`). */
const minName = 3;

/** The user with the password. */
type Owner = Pick<UserRecord, 'firstName' | 'lastName' | 'email'>;

/**
 * Checks a password by the organization's policy.
 *
 * @param before the user's passwords, the present one first.
 * @throws {BadRequestError} with everything that is wrong with it.
 */
export function requirePassword(
  password: string,
  policy: PasswordPolicy,
  owner: Owner,
  before: readonly string[] = [],
): void {
  const missing = missingParts(password, policy);
  const forbidden = forbiddenParts(password, policy, owner);
  const isRepeated = before.slice(0, policy.previousPasswordCount).includes(password);
  const issues = [
    ...(missing.length === 0 ? [] : [`must have ${join(missing, 'and')}`]),
    ...(forbidden.length === 0 ? [] : [`must not contain ${join(forbidden, 'or')}`]),
    ...(isRepeated ? [`must be none of the last ${policy.previousPasswordCount}`] : []),
  ];
  if (issues.length > 0) throw new BadRequestError(`The password ${issues.join('; it ')}.`);
}

type Kind = 'digit' | 'upper' | 'lower' | 'symbol' | 'other';

/** The kind of a character. Letters without case, and marks, are `other`: no policy asks for them. */
function kindOf(character: string): Kind {
  if (character >= 'a' && character <= 'z') return 'lower';
  if (character >= 'A' && character <= 'Z') return 'upper';
  if (character >= '0' && character <= '9') return 'digit';
  if (/\p{Nd}/u.test(character)) return 'digit';
  if (/\p{Lu}/u.test(character)) return 'upper';
  if (/\p{Ll}/u.test(character)) return 'lower';
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? 'other' : 'symbol';
}

/** The kinds of characters that a password has too few of. The nouns are the platform's. */
function missingParts(password: string, policy: PasswordPolicy): string[] {
  const symbols = new Set(policy.symbolCharacterSet);
  const found = { digit: 0, upper: 0, lower: 0, symbol: 0, other: 0 };
  let length = 0;
  for (const character of password) {
    const kind = kindOf(character);
    length += 1;
    if (kind !== 'symbol' || symbols.has(character)) found[kind] += 1;
  }
  const rules: [found: number, least: number, noun: string][] = [
    [length, policy.minLength, 'character'],
    [found.digit, policy.minNumbers, 'numeric character'],
    [found.upper, policy.minUppercase, 'uppercase letter'],
    [found.lower, policy.minLowercase, 'lowercase letter'],
    [found.symbol, policy.minSymbols, 'special character'],
  ];
  return rules.flatMap(([found, least, noun]) =>
    found < least ? [`at least ${least} ${noun}${least === 1 ? '' : 's'}`] : [],
  );
}

/** The parts that a password must not have; names count in any case of letters. */
function forbiddenParts(password: string, { symbolCharacterSet: symbols }: PasswordPolicy, owner: Owner): string[] {
  const folded = foldCase(password);
  const names = [
    ['first name', owner.firstName],
    ['last name', owner.lastName],
    ['username', owner.email.replace(/@.*$/s, '')],
  ] as const;
  const contained = names.filter(([, name]) => [...name].length >= minName && folded.includes(foldCase(name)));
  const allowed = new Set(symbols);
  const hasOthers = [...password].some((character) => kindOf(character) === 'symbol' && !allowed.has(character));
  return [
    ...contained.map(([what]) => `the ${what}`),
    ...(hasOthers ? [symbols === '' ? 'a special character' : `a special character that is none of ${symbols}`] : []),
  ];
}

function join(parts: readonly string[], word: 'and' | 'or'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Whether this is the user's password. */
export function isPassword(user: UserRecord | undefined, password: string | undefined): boolean {
  return password !== undefined && user?.password === password;
}
