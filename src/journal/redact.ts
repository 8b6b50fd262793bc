/** What stands in the place of what must not be told. */
export const redacted = '[redacted]';
const kinds = '(?:password|passwd|pwd|secret|token|authorization|api[-_]?key)';
/** Names whose values are not told, wherever they stand. */
const confidential = new RegExp(`${kinds}$`, 'i');
/** A word that the API itself uses tells nothing of who has it as a password, as many have `password`. */
const kind = new RegExp(`^${kinds}$`, 'i');

/** A shorter word is not taken for a secret: it would tear other texts apart. */
const minLength = 4;

/** What must not be told. */
export interface Secrets {
  /** The secrets that came with the request. */
  readonly given: readonly string[];
  /** The passwords that came with it: a text that is one of them is not told, whatever its name. */
  readonly passwords: ReadonlySet<string>;
  /** Whether a word is the secret of a user or an organisation. */
  isSecret(word: string): boolean;
  /** No word with fewer characters is one. */
  readonly shortest: number;
}

/** How deep a body is kept; what lies deeper is left out. */
const maxDepth = 20;

/**
 * A copy of a JSON value without what must not be told: the values of confidential names, and
 * every mention of the secrets.
 */
export function redact(value: unknown, secrets: Secrets, depth = 0): unknown {
  if (typeof value === 'string') return redactWhole(value, secrets);
  // JSON cannot write it as the number that it is.
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets, depth + 1));
  const copy = Object.entries(value).map(([name, item]) => [
    // A client that is mistaken can take a secret for a name.
    secrets.passwords.has(name) && kind.test(name) ? name : redactWhole(name, secrets),
    confidential.test(name) ? redacted : redact(item, secrets, depth + 1),
  ]);
  return Object.fromEntries(copy);
}

function redactWhole(text: string, secrets: Secrets): string {
  return secrets.passwords.has(text) ? redacted : redactText(text, secrets);
}

/** A run of characters as long as a secret can be. */
const runs = /[^\s'"‘’“”`,;()]+/g;
/** What `where` compares a confidential field with. */
const comparison =
  /\b(password|secret|oauthToken)(\s*(?:=|!=|<>|<=?|>=?|like)\s*)('(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s()]+)/gi;

/** A text without the secrets; `isSecret` tells of those that belong to somebody. */
export function redactText(text: string, secrets: Secrets): string {
  const { given, passwords, shortest } = secrets;
  const isPassword = (word: string) => word.length >= minLength && passwords.has(word) && !kind.test(word);
  const isSecret = (word: string) => secrets.isSecret(word) || isPassword(word);
  const without = given.reduce((rest, secret) => {
    if (rest.length < secret.length) return rest;
    return rest.replaceAll(secret, redacted).replaceAll(encodeURIComponent(secret), redacted);
  }, text);
  const compared = without.replace(comparison, `$1$2${redacted}`);
  // Most texts, and most words of the others, are too short to hold any.
  let least = shortest;
  for (const password of passwords) least = Math.min(least, password.length);
  if (compared.length < least) return compared;
  return compared.replace(runs, (run) => {
    if (run.length < least) return run;
    return isSecret(run) ? redacted : redactSegments(run, isSecret);
  });
}

/** A `where` of which a part asks for a confidential field: all its texts are left out. */
export function redactWhere(where: string, secrets: Secrets): string {
  const texts = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
  const asks = /\b(password|secret|oauthToken)\b/i.test(where.replace(texts, ''));
  return redactText(asks ? where.replace(texts, `'${redacted}'`) : where, secrets);
}

/** What stands between a secret and the rest of a longer word; an = at the end can be the secret's own. */
const separators = /([/?&:.@]|=(?=[^=]))/;

/** A path or URL names a secret as one of its parts, percent-encoded perhaps. */
function redactSegments(run: string, isSecret: Secrets['isSecret']): string {
  const redactSegment = (segment: string) => {
    // A sentence can go on, or end, behind a secret.
    let end = segment.length;
    while (end > 0 && segment[end - 1] === '!') end -= 1;
    const word = segment.slice(0, end);
    return isSecret(word) || (word.includes('%') && isSecret(decode(word))) ? redacted + segment.slice(end) : segment;
  };
  return run.split(separators).map(redactSegment).join('');
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

/** The secrets that an `Authorization` header holds, whether they are anybody's or not. */
export function secretsIn(header: string | undefined): string[] {
  // Some clients write `Element: <token>`, or no space behind the colon.
  const parts = header?.replace(/\belement[:=]/gi, 'element ').match(/[^\s,]+/g) ?? [];
  return parts.filter((part) => !/^(user|organization|element|bearer)$/i.test(part) && part.length >= minLength);
}

/** The texts under confidential names in a body, or in the query. */
export function passwordsIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth >= maxDepth) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const texts = confidential.test(name) ? [item].flat().filter((text) => typeof text === 'string') : [];
    return [...texts.filter((text) => text.length >= minLength), ...passwordsIn(item, depth + 1)];
  });
}
