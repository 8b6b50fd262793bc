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
      const { word, isClean } = makeUp(key, Math.floor(tries / 20), forbidden);
      // Where there are so many short originals that every word has one in it, one that is no original has to do.
      const isGood = isClean || tries * key.length > mostLetters;
      if (isGood && !taken.has(word) && !forbidden.has(word)) made = word;
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

/** How many letters are made up to find a word without an original in it; long words have few tries. */
const mostLetters = 2000;

/**
 * Letters where the original has letters, in syllables, and digits where it has digits. It is clean when
 * no part of it is an original; at some places every character can complete one.
 */
function makeUp(original: string, extra: number, forbidden: ReadonlySet<string>): { word: string; isClean: boolean } {
  const letters = [...original, ...original.slice(-1).repeat(extra)];
  let [end, isClean] = ['', true];
  const made = letters.map((letter, n) => {
    const characters = /\p{N}/u.test(letter) ? digits : n % 2 === 0 ? consonants : vowels;
    const character = pick(characters, (each) => !endsInOriginal(end + each, forbidden));
    end = (end + character).slice(-longest);
    isClean &&= !endsInOriginal(end, forbidden);
    return character;
  });
  return { word: made.join(''), isClean };
}

/** One of the characters by chance, a suitable one if there is any. */
function pick(characters: string, isSuitable: (character: string) => boolean): string {
  const start = randomInt(characters.length);
  const turned = [...characters.slice(start), ...characters.slice(0, start)];
  return turned.find(isSuitable) ?? characters.charAt(start);
}

/** The shortest original that a made-up word must not have in it: shorter ones are in many words. */
const shortest = 3;

/** The longest one that is searched for: chance makes no word of so many letters again. */
const longest = 16;

/** Whether the text ends in an original with letters: the digits of all numbers are in others. */
function endsInOriginal(text: string, forbidden: ReadonlySet<string>): boolean {
  for (let length = shortest; length <= Math.min(text.length, longest); length += 1) {
    const part = text.slice(-length);
    if (forbidden.has(part) && !/^\d+$/.test(part)) return true;
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
