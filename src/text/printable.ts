/** Characters that a terminal obeys in place of showing them, and those that change the order of others or end a line. */
const unprintable = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The longest line for people. */
const longest = 1000;

/** A line with texts of others in it, as a terminal can show it: control characters are escaped as in JSON. */
export function printable(line: string): string {
  const cut = line.length > longest ? `${line.slice(0, longest)}…` : line;
  return cut.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
