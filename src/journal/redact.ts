/** What the journal has in place of a secret. */
export const redacted = '[redacted]';
const kinds = '(?:password|passwd|pwd|secret|token|authorization|api[-_]?key)';
/** The names of fields and parameters whose values are secret. */
const confidential = new RegExp(`${kinds}$`, 'i');
/** The names themselves. Many people have `password` as their password, and redacting the word would hide nothing. */
const kind = new RegExp(`^${kinds}$`, 'i');

/** A shorter text is not treated as a secret: redacting it would garble other texts. */
const minLength = 4;

/** The secrets that a request carries: those of its headers, and the values of confidential names. */
export type Secrets = ReadonlySet<string>;

/** How deep a body is recorded; deeper parts are left out. */
const maxDepth = 20;

/** Copies a JSON value without the values of confidential names and without the secrets of the request. */
export function redact(value: unknown, secrets: Secrets, depth = 0): unknown {
  if (typeof value === 'string') return secrets.has(value) ? redacted : redactText(value, secrets);
  // JSON cannot write a bigint.
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets, depth + 1));
  const copy = Object.entries(value).map(([name, item]) => [
    // A client may send a secret as a name by mistake.
    redactText(name, secrets),
    confidential.test(name) ? redacted : redact(item, secrets, depth + 1),
  ]);
  return Object.fromEntries(copy);
}

/** A text without the secrets of the request, plain or percent-encoded, where they are whole words. */
export function redactText(text: string, secrets: Secrets): string {
  let rest = text;
  for (const secret of secrets) {
    if (kind.test(secret)) continue;
    if (rest.includes(secret)) rest = rest.replace(wordPattern(secret, 'g'), redacted);
    if (rest.includes('%')) rest = rest.replace(wordPattern(encode(secret), 'gi'), redacted);
  }
  return rest;
}

function wordPattern(word: string, flags: string): RegExp {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  // The hexadecimal digits of an encoded character end a word as well.
  return new RegExp(`(?:(?<!\\w)|(?<=%[\\da-f]{2}))${escaped}(?!\\w)`, flags);
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a surrogate pair has no encoding.
    return text;
  }
}

/** What `where` compares a confidential field with. */
const comparison =
  /\b(password|secret|oauthToken)(\s*(?:=|!=|<>|<=?|>=?|like)\s*)('(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s()]+)/gi;

/** A `where` without the values that it compares with a confidential field. */
export function redactWhere(where: string, secrets: Secrets): string {
  const texts = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
  const asks = /\b(password|secret|oauthToken)\b/i.test(where.replace(texts, ''));
  if (!asks) return redactText(where, secrets);
  return redactText(where.replace(comparison, `$1$2${redacted}`).replace(texts, `'${redacted}'`), secrets);
}

/** The secrets in the value of an `Authorization` header, known to the emulator or not. */
export function secretsIn(header: string | undefined): string[] {
  // Some clients write `Element: <token>`, or no space after the colon.
  const parts = header?.replace(/\belement[:=]/gi, 'element ').match(/[^\s,]+/g) ?? [];
  return parts.filter((part) => !/^(user|organization|element|bearer)$/i.test(part) && part.length >= minLength);
}

/** The texts under confidential names in a body or a query. */
export function passwordsIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth >= maxDepth) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const texts = confidential.test(name) ? [item].flat().filter((text) => typeof text === 'string') : [];
    return [...texts.filter((text) => text.length >= minLength), ...passwordsIn(item, depth + 1)];
  });
}
