import { createHash, timingSafeEqual } from 'node:crypto';
import type { PasswordPolicy, UserRecord } from '../../state/records.ts';
import { foldCase } from '../../text/fold-case.ts';
import { BadRequestError } from '../errors.ts';

/** A policy forbids at most so many passwords again (spec section 6). */
export const maxPreviousPasswords = 9;

/** A shorter name is in too many passwords for it to tell anything. */
const minName = 3;

/** Of whom a password is. */
type Owner = Pick<UserRecord, 'firstName' | 'lastName' | 'email'>;

/**
 * Refuses a password that the organization's policy does not allow.
 *
 * @param before the user's passwords, the present one first.
 * @throws {BadRequestError} that names all that is wrong with it.
 */
export function requirePassword(
  password: string,
  policy: PasswordPolicy,
  owner: Owner,
  before: readonly string[] = [],
): void {
  const lacks = lacking(password, policy);
  const holds = holding(password, policy, owner);
  const isRepeated = before.slice(0, policy.previousPasswordCount).includes(password);
  const faults = [
    ...(lacks.length === 0 ? [] : [`must have ${join(lacks, 'and')}`]),
    ...(holds.length === 0 ? [] : [`must not contain ${join(holds, 'or')}`]),
    ...(isRepeated ? [`must be none of the last ${policy.previousPasswordCount}`] : []),
  ];
  if (faults.length > 0) throw new BadRequestError(`The password ${faults.join('; it ')}.`);
}

type Kind = 'digit' | 'upper' | 'lower' | 'symbol' | 'other';

/** What a character is; letters that have no case, and marks, are none of what a policy asks for. */
function kindOf(character: string): Kind {
  if (character >= 'a' && character <= 'z') return 'lower';
  if (character >= 'A' && character <= 'Z') return 'upper';
  if (character >= '0' && character <= '9') return 'digit';
  if (/\p{Nd}/u.test(character)) return 'digit';
  if (/\p{Lu}/u.test(character)) return 'upper';
  if (/\p{Ll}/u.test(character)) return 'lower';
  return /[\p{L}\p{M}\p{N}]/u.test(character) ? 'other' : 'symbol';
}

/** What stands in a password too rarely. The nouns are the platform's. */
function lacking(password: string, policy: PasswordPolicy): string[] {
  const found = { digit: 0, upper: 0, lower: 0, symbol: 0, other: 0 };
  let length = 0;
  for (const character of password) {
    const kind = kindOf(character);
    length += 1;
    if (kind !== 'symbol' || policy.symbolCharacterSet.includes(character)) found[kind] += 1;
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

/** What stands in a password and must not; names count in any case of letters. */
function holding(password: string, { symbolCharacterSet: symbols }: PasswordPolicy, owner: Owner): string[] {
  const folded = foldCase(password);
  const names = [
    ['first name', owner.firstName],
    ['last name', owner.lastName],
    ['username', owner.email.replace(/@.*$/s, '')],
  ] as const;
  const held = names.filter(([, name]) => [...name].length >= minName && folded.includes(foldCase(name)));
  const hasOthers = [...password].some((character) => kindOf(character) === 'symbol' && !symbols.includes(character));
  return [
    ...held.map(([what]) => `the ${what}`),
    ...(hasOthers ? [symbols === '' ? 'a special character' : `a special character that is none of ${symbols}`] : []),
  ];
}

function join(parts: readonly string[], word: 'and' | 'or'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Whether this is the user's password; how long the answer takes tells nothing of it. */
export function isPassword(user: UserRecord | undefined, password: string | undefined): boolean {
  if (password === undefined) return false;
  const isEqual = timingSafeEqual(digest(password), digest(user?.password ?? ''));
  return isEqual && user?.password !== undefined;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
