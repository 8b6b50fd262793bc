/** What makes a text an expression in CEQL: a comparison, or an operator with what must follow it, or a field and LIKE alone, whose text is to come. */
const expression = /[=<>]|\blike\s*["'“”‘’]|\bin\s*\(|\bis\s+(?:not\s+)?null\b|^\s*\w+\s+(?:not\s+)?like\s*$/i;

const fields = {
  users: ['email', 'username', 'firstName', 'lastName', 'externalId'],
  accounts: ['name', 'externalId', 'description'],
} as const;

/**
 * The CEQL of what was typed: an expression is sent as it is. Of plain words, each must be a part of an email, a name or
 * an external id, or begin the id.
 */
export function readSearch(text: string, kind: keyof typeof fields): string {
  if (expression.test(text)) return text;
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const quoted = word.replaceAll("'", "''");
      const tests = fields[kind].map((field) => `${field} LIKE '%${quoted}%'`);
      return `(${[...tests, ...(/^\d+$/.test(word) ? [`id LIKE '${word}%'`] : [])].join(' OR ')})`;
    })
    .join(' AND ');
}

/** Whether a text is plain words. */
export function isPlain(text: string): boolean {
  return !expression.test(text);
}
