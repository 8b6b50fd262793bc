import { isConfidential, redacted, type Secrets } from './secrets.ts';

/** How deep a body is recorded; deeper parts are left out. */
export const maxDepth = 20;

/** Copies a JSON value without the values of confidential names and without the secrets of the request. */
export function redact(value: unknown, secrets: Secrets, depth = 0): unknown {
  if (typeof value === 'string') return secrets.has(value) ? redacted : secrets.redact(value);
  // JSON cannot write a bigint.
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets, depth + 1));
  const copy = Object.entries(value).map(([name, item]) => [
    // A client may send a secret as a name by mistake.
    secrets.redact(name),
    isConfidential(name) ? redacted : redact(item, secrets, depth + 1),
  ]);
  return Object.fromEntries(copy);
}

/** The value with which `where` compares a confidential field. */
const comparison =
  /\b(password|secret|oauthToken)(\s*(?:=|!=|<>|<=?|>=?|like)\s*)('(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s()]+)/gi;

/** A `where` without the values that it compares with a confidential field. */
export function redactWhere(where: string, secrets: Secrets): string {
  const texts = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
  const asks = /\b(password|secret|oauthToken)\b/i.test(where.replace(texts, ''));
  if (!asks) return secrets.redact(where);
  return secrets.redact(where.replace(comparison, `$1$2${redacted}`).replace(texts, `'${redacted}'`));
}
