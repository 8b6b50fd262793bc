import { CompareError } from './errors.ts';

/** Four requests a second, against servers that are not ours. */
const politePauseMs = 250;

/** The address without a slash at the end. @throws {CompareError} when it is not an HTTP address. */
export function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const example = 'https://api.cloud-elements.com/elements/api-v2';
    throw new CompareError(`The base URL must be an address such as ${example}, not '${text}'.`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new CompareError('The base URL must have no user name, password, query or fragment.');
  }
  return url.href.replace(/\/+$/, '');
}

/** How many milliseconds pass between two requests: none on this machine itself. */
export function pauseFor(baseUrl: string): number {
  const { hostname } = new URL(baseUrl);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1])$/.test(hostname) || hostname.endsWith('.localhost');
  return isLoopback ? 0 : politePauseMs;
}

/** @throws {CompareError} for a secret that no header can carry. The message does not repeat it. */
export function requireSecret(name: string, secret: string): string {
  if (/^[^\s,]+$/.test(secret)) return secret;
  throw new CompareError(`${name} must be a text without spaces and commas; it is ${secret === '' ? 'empty' : 'not'}.`);
}
