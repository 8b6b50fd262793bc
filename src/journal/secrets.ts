import { occurrencesOf } from '../text/occurrences.ts';

/** The text of the journal in place of a secret. */
export const redacted = '[redacted]';

const kinds = '(?:password|passwd|pwd|secret|token|authorization|api[-_]?key)';
/** The names of fields and parameters whose values are secret. */
const confidential = new RegExp(`${kinds}$`, 'i');
/** The names themselves. Many people have `password` as their password, and redacting the word would hide nothing. */
const kind = new RegExp(`^${kinds}$`, 'i');
const longestKind = 'authorization'.length;

/** Whether the value of a field or parameter is secret. */
export function isConfidential(name: string): boolean {
  return confidential.test(name.slice(-longestKind));
}

/** A shorter text is not treated as a secret: redacting it would garble other texts. */
const minLength = 4;
/** No client sends more secrets with a request. Looking for thousands in thousands of texts would hold the loop. */
const maxSecrets = 20;
/** How many comparisons of characters the engine's own search may take; it is faster than ours, but can take this many. */
const fewComparisons = 100_000;

/** The secrets that a request carries: those of its headers, and the values of confidential names. */
export class Secrets {
  readonly #texts = new Set<string>();
  /** The secrets that are searched for within texts, without the names of confidential fields. */
  readonly #searched: string[] = [];
  #areTooMany = false;

  get size(): number {
    return this.#texts.size;
  }

  /** Whether there are too many to look for: then every text counts as secret. */
  get areTooMany(): boolean {
    return this.#areTooMany;
  }

  add(text: string): void {
    if (text === '' || this.#areTooMany || this.#texts.has(text)) return;
    this.#texts.add(text);
    if (!kind.test(text)) this.#searched.push(text);
    this.#areTooMany = this.#texts.size > maxSecrets;
  }

  /** Adds the secrets in the value of an `Authorization` header, known to the emulator or not. */
  addHeader(value: string | undefined): void {
    // Some clients write `Element: <token>`, or no space after the colon.
    const parts = value?.replace(/\belement[:=]/gi, 'element ').match(/[^\s,]+/g) ?? [];
    for (const part of parts) {
      if (part.length >= minLength && !/^(user|organization|element|bearer)$/i.test(part)) this.add(part);
    }
  }

  /** Adds the texts under confidential names in a body or a query, down to a depth. */
  addNamed(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || depth === 0 || this.#areTooMany) return;
    for (const [name, item] of Object.entries(value)) {
      for (const text of isConfidential(name) ? [item].flat() : []) {
        if (typeof text === 'string' && text.length >= minLength) this.add(text);
      }
      this.addNamed(item, depth - 1);
    }
  }

  /** A text without the secrets, plain or percent-encoded, where they are whole words. */
  redact(text: string): string {
    if (this.#areTooMany) return redacted;
    let rest = text;
    for (const secret of this.#searched) {
      if (mayInclude(rest, secret)) rest = replaceWord(rest, secret, rest);
      const encoded = rest.includes('%') ? encode(secret) : undefined;
      if (encoded !== undefined) rest = replaceWord(rest, lowerCase(encoded), lowerCase(rest));
    }
    return rest;
  }

  /** Whether a text is a secret as it is. */
  has(text: string): boolean {
    return this.#areTooMany || this.#texts.has(text);
  }
}

function mayInclude(text: string, part: string): boolean {
  return text.length * part.length > fewComparisons || text.includes(part);
}

/** @param searched the text, or the text in lower case, which has the same length. */
function replaceWord(text: string, word: string, searched: string): string {
  // A secret that is longer than the text needs no search, which each short text of an answer would prepare again.
  if (word.length > text.length) return text;
  let rest = '';
  let end = 0;
  for (const at of occurrencesOf(word)(searched)) {
    if (at < end || !isWordAt(text, at, word.length)) continue;
    rest += text.slice(end, at) + redacted;
    end = at + word.length;
  }
  return end === 0 ? text : rest + text.slice(end);
}

/** Whether a part of a text is a whole word. The hexadecimal digits of an encoded character end a word as well. */
function isWordAt(text: string, at: number, length: number): boolean {
  const before = text.slice(Math.max(at - 3, 0), at);
  return (!/\w$/.test(before) || /^%[\da-f]{2}$/i.test(before)) && !/\w/.test(text.charAt(at + length));
}

/** Only ASCII letters: others can change the length of the text. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function encode(text: string): string | undefined {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair has no encoding.
    return undefined;
  }
}
