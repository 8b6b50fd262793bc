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
  const counts = countKinds(password, policy.symbolCharacterSet);
  const missing = missingParts(counts, policy);
  const forbidden = forbiddenParts(password, counts.forbidden, policy, owner);
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
  if (character < '\u0080') return 'symbol';
  if (/\p{Nd}/u.test(character)) return 'digit';
  if (/\p{Lu}/u.test(character)) return 'upper';
  if (/\p{Ll}/u.test(character)) return 'lower';
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? 'other' : 'symbol';
}

/** How many characters of each kind a password has; a symbol that the policy does not allow is `forbidden`. */
function countKinds(password: string, symbols: string) {
  const counts = { all: 0, digit: 0, upper: 0, lower: 0, symbol: 0, other: 0, forbidden: 0 };
  for (const character of password) {
    const kind = kindOf(character);
    counts.all += 1;
    counts[kind === 'symbol' && !symbols.includes(character) ? 'forbidden' : kind] += 1;
  }
  return counts;
}

/** The kinds of characters that a password has too few of. The nouns are the platform's. */
function missingParts(found: ReturnType<typeof countKinds>, policy: PasswordPolicy): string[] {
  const rules: [found: number, least: number, noun: string][] = [
    [found.all, policy.minLength, 'character'],
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
function forbiddenParts(password: string, others: number, policy: PasswordPolicy, owner: Owner): string[] {
  const { symbolCharacterSet: symbols } = policy;
  const folded = foldCase(password);
  const names = [
    ['first name', owner.firstName],
    ['last name', owner.lastName],
    ['username', owner.email.replace(/@.*$/s, '')],
  ] as const;
  const contained = names.filter(([, name]) => [...name].length >= minName && folded.includes(foldCase(name)));
  return [
    ...contained.map(([what]) => `the ${what}`),
    ...(others > 0 ? [symbols === '' ? 'a special character' : `a special character that is none of ${symbols}`] : []),
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
