import { counted } from './counted.ts';

/** What looks like a secret: a long piece with capitals or digits, and without dots and blanks. */
const secretLike = /^(?=.*[A-Z\d])[\w+/=-]{20,}$/;

/** The longest text that a message repeats. */
const longest = 200;

/** A text that somebody wrote in a wrong place, for a message; a secret can end up there too, and is not repeated. */
export function shown(text: string): string {
  if (secretLike.test(text) || /\s/.test(text)) return `'…' (${counted(text.length, 'character')}, not repeated here)`;
  return text.length > longest ? `'${text.slice(0, longest)}…'` : `'${text}'`;
}
