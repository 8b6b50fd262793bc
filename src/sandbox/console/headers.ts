/** A secret that somebody sends wrong on purpose. */
export type WrongSecret = 'user' | 'organization';

/** What is sent in place of a right secret. */
const wrong = 'wrong-secret';

/** The credentials with a wrong secret. */
export function spoil(authorization: string, which: WrongSecret | undefined): string {
  if (which === undefined) return authorization;
  const [pattern, text] = replacement(which);
  return authorization.replace(pattern, text);
}

/** The same as code that follows an expression. */
export function spoilingCode(which: WrongSecret | undefined): string {
  if (which === undefined) return '';
  const [pattern, text] = replacement(which);
  return `.replace(${pattern}, '${text}')`;
}

function replacement(which: WrongSecret): readonly [RegExp, string] {
  return which === 'user' ? [/User [^,]*/, `User ${wrong}`] : [/Organization .*/, `Organization ${wrong}`];
}

/** The names of headers that browsers set themselves. */
const forbidden =
  /^(?:accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|te|trailer|transfer-encoding|upgrade|via|sec-.*|proxy-.*)$/i;

interface Extras {
  readonly headers: Readonly<Record<string, string>>;
  /** Why they cannot be sent. */
  readonly issue?: string;
  /** What the browser leaves out. */
  readonly note?: string;
}

/** Reads headers, of which each line has one. */
export function readHeaders(text: string): Extras {
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) return { headers, issue: `Line ${index + 1} is not a header: write it as Name: value.` };
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      return { headers, issue: `Line ${index + 1} has characters that a header cannot have.` };
    }
    headers[name] = value;
  }
  const kept = Object.keys(headers).filter((name) => forbidden.test(name));
  if (kept.length === 0) return { headers };
  return { headers, note: `Browsers send their own ${kept.join(' and ')}; the copied curl command has yours.` };
}

/** Whether headers have credentials of their own, which then go in place of the caller's. */
export function hasCredentials(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
}
