/** The fields whose values must be unique on the platform. */
const unique = ['externalId', 'email', 'username'];

/** A body with the next unique values: `x` becomes `x-2`, `a@b.c` becomes `a-2@b.c`; the same text when it has none. */
export function nextExample(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return text;
    const next = Object.entries(body).map(([name, value]) => [
      name,
      unique.includes(name) && typeof value === 'string' ? following(value) : value,
    ]);
    return JSON.stringify(Object.fromEntries(next), null, 2);
  } catch {
    return text;
  }
}

function following(value: string): string {
  const [, start = value, count, domain = ''] = /^(.*?)(?:-(\d+))?(@.*)?$/s.exec(value) ?? [];
  return `${start}-${count === undefined ? 2 : Number(count) + 1}${domain}`;
}
