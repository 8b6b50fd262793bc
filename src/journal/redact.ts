const redacted = '[redacted]';
const confidential = new Set([
  'password',
  'secret',
  'usersecret',
  'organizationsecret',
  'oauthtoken',
  'token',
  'authorization',
]);

/** How deep a body is kept; what lies deeper is left out. */
const maxDepth = 20;

/**
 * A copy of a JSON value without what must not be told: the values of confidential names, and
 * every mention of the secrets.
 */
export function redact(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, secrets, depth + 1));
  const copy = Object.entries(value).map(([name, item]) => [
    name,
    confidential.has(name.toLowerCase()) ? redacted : redact(item, secrets, depth + 1),
  ]);
  return Object.fromEntries(copy);
}

export function redactText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, redacted), text);
}

/** The secrets that an `Authorization` header holds, whether they are any user's or not. */
export function secretsIn(header: string | undefined): string[] {
  const words = header?.match(/[^\s,]+/g) ?? [];
  // The scheme words and what is too short to be a secret would tear other texts apart.
  return words.filter((word) => word.length >= 8 && !/^organization$/i.test(word));
}
