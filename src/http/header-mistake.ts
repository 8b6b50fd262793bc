import { validateHeaderName, validateHeaderValue } from 'node:http';

/** The headers of the connection, which no answer can set. */
const framing = new Set(['connection', 'content-length', 'keep-alive', 'trailer', 'transfer-encoding', 'upgrade']);

/** The problem of the headers of an answer; `undefined` for headers that can be sent. */
export function headerMistake(headers: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (framing.has(name.toLowerCase())) return `header '${name}' is set by the connection.`;
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      return `header '${name}' has characters that no header can have.`;
    }
  }
  return undefined;
}
