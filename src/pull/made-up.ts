import { randomInt } from 'node:crypto';

/** Replaces names, emails and ids of customers by made-up ones. */
export interface Names {
  /** A name or another text. */
  text(original: string): string;
  email(original: string): string;
}

/** Leaves everything as it is. */
export const keptNames: Names = { text: (original) => original, email: (original) => original };

/** Where made-up emails end, so that none of them belongs to anybody. */
const domain = '.example';

/** The longest made-up email (docs/fidelity.md#email-form). */
const longestEmail = 254;

const [vowels, consonants, digits] = ['aeiou', 'bdfgklmnprstvz', '0123456789'];
const word = /[\p{L}\p{M}\p{N}]+/gu;

/**
 * Makes up names of the same shape: as long, with capitals, digits, spaces and punctuation where the original has
 * them. The same word, in any case of letters, always becomes the same one, and no two words the same, so that what is
 * unique stays unique.
 *
 * @param originals everything that is going to be replaced: no made-up word is one of its words.
 */
export function madeUpNames(originals: Iterable<string>): Names {
  const forbidden = new Set<string>();
  for (const original of originals) for (const [found] of original.toLowerCase().matchAll(word)) forbidden.add(found);
  const known = new Map<string, string>();
  const taken = new Set<string>();

  const replace = (original: string): string => {
    const key = original.toLowerCase();
    let made = known.get(key);
    for (let tries = 0; made === undefined; tries += 1) {
      // Where all short words are taken, a longer one has to do.
      const candidate = makeUp(key, Math.floor(tries / 20));
      const isRefused = taken.has(candidate) || forbidden.has(candidate);
      // Where there are so many short originals that every word has one in it, one that is no original has to do.
      if (!isRefused && (tries > mostTries || !holdsOriginal(candidate, forbidden))) made = candidate;
    }
    known.set(key, made);
    taken.add(made);
    return capitalize(made, original);
  };
  const text = (original: string) => original.replace(word, replace);
  const email = (original: string) => {
    const made = text(original);
    return made.length + domain.length > longestEmail ? made : `${made}${domain}`;
  };
  return { text, email };
}

/** How often a word is made up that has no original in it. */
const mostTries = 200;

/** Letters where the original has letters, in syllables, and digits where it has digits. */
function makeUp(original: string, extra: number): string {
  const letters = [...original, ...original.slice(-1).repeat(extra)];
  return letters.map((letter, n) => pick(/\p{N}/u.test(letter) ? digits : n % 2 === 0 ? consonants : vowels)).join('');
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/** The shortest original that a made-up word must not have in it: shorter ones are in many words. */
const shortest = 3;

/** Whether a part of the word is an original with letters: the digits of all numbers are in others. */
function holdsOriginal(made: string, forbidden: ReadonlySet<string>): boolean {
  for (let start = 0; start < made.length; start += 1) {
    for (let end = start + shortest; end <= made.length; end += 1) {
      const part = made.slice(start, end);
      if (forbidden.has(part) && !/^\d+$/.test(part)) return true;
    }
  }
  return false;
}

function capitalize(made: string, original: string): string {
  const letters = [...original];
  return [...made].map((letter, n) => (isCapital(letters[n] ?? '') ? letter.toUpperCase() : letter)).join('');
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}
