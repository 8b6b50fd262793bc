export { counted } from '../text/counted.ts';

/** An ISO instant, to the second: `2017-07-10 09:30:00 UTC`. */
export function utc(instant: string): string {
  return `${instant.slice(0, 19).replace('T', ' ')} UTC`;
}

/** Characters that change the direction of what follows them, or cannot be seen. Emoji and some scripts need U+200C and U+200D. */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A text with such characters written out, as `⟨202E⟩`: a name must not turn or hide what stands beside it. */
export function visible(text: string): string {
  return text.replace(
    unseen,
    (character) => `⟨${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}
