/** Where a text stops being JSON. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
  /** Whether all of it is the beginning of JSON: it is cut off. */
  readonly isEnd: boolean;
}

/**
 * Finds where a text stops being JSON; `undefined` when it does not. The engine's own messages name no
 * place for some faults, and quote the text, which can hold secrets.
 */
export function findJsonFault(text: string): JsonPlace | undefined {
  const at = new Scanner(text).fault();
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { line: before.length, column, isEnd: text.slice(at).trim() === '' || isBegun(text.slice(at)) };
}

/** What a piece of JSON may be that the end of the text cuts off. */
function isBegun(rest: string): boolean {
  if (rest.length > 400) return false;
  if (/^\\(?:u[\da-f]{0,3})?$/i.test(rest) || /^-?\d*(?:\d\.\d*)?(?:\d\.?\d*e[+-]?)?$/i.test(rest)) return true;
  return words.some((word) => word.startsWith(rest));
}

const words = ['true', 'false', 'null'];
const blank = /[ \t\n\r]*/y;
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![.\w+-])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts.
const plain = /[^"\\\u0000-\u001f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** What may come next: a value, a key, a colon, or what follows a value. */
type Next = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'more';

/** Without recursion, so that no depth is too much for it. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The position of the first character that does not fit; that of the end when something is missing. */
  fault(): number | undefined {
    const open: ('{' | '[')[] = [];
    let next: Next = 'value';
    for (;;) {
      this.#skip(blank);
      const inner = open.at(-1);
      const character = this.#text[this.#at];
      if (character === undefined) return next === 'more' && inner === undefined ? undefined : this.#at;
      const isClosing = character === (inner === '{' ? '}' : ']') && inner !== undefined;
      if (isClosing && (next === 'more' || next === 'value or ]' || next === 'key or }')) {
        open.pop();
        this.#at += 1;
        next = 'more';
      } else if (next === 'more') {
        if (character !== ',' || inner === undefined) return this.#at;
        this.#at += 1;
        next = inner === '{' ? 'key' : 'value';
      } else if (next === ':') {
        if (character !== ':') return this.#at;
        this.#at += 1;
        next = 'value';
      } else if (next === 'key' || next === 'key or }') {
        if (character !== '"' || !this.#skipText()) return this.#at;
        next = ':';
      } else if (character === '{' || character === '[') {
        open.push(character);
        this.#at += 1;
        next = character === '{' ? 'key or }' : 'value or ]';
      } else {
        if (character === '"' ? !this.#skipText() : !this.#skip(word)) return this.#at;
        next = 'more';
      }
    }
  }

  /** Whether there was something to skip. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }

  /** Skips a text in quotes, or goes to where it is wrong. */
  #skipText(): boolean {
    this.#at += 1;
    do this.#skip(plain);
    while (this.#skip(escaped));
    if (this.#text[this.#at] !== '"') return false;
    this.#at += 1;
    return true;
  }
}
