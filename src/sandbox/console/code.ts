import type { Call } from './call.ts';

/** The request as a command for a shell. */
export function asCurl(
  baseUrl: string,
  { method, path, headers, body }: Call,
  authorization: string | undefined,
): string {
  const all = { ...(authorization === undefined ? {} : { Authorization: authorization }), ...headers };
  return [
    // The page cannot know where curl finds the certificate of this machine.
    `curl${baseUrl.startsWith('https:') ? ' --insecure' : ''} -X ${method} ${quote(baseUrl + path)}`,
    ...Object.entries(all).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ');
}

/** Quotes a text for a shell, which changes nothing within single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
