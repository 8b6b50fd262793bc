import { shown } from '../text/shown.ts';
import { CompareError } from './errors.ts';

/** Four requests a second, against servers that are not ours. */
const politePauseMs = 250;

/** A server and the credentials for it, as they are given. */
export interface Target {
  readonly baseUrl: string;
  readonly userSecret: string;
  readonly organizationSecret: string;
}

/**
 * A server and the credentials for it, ready to use: the address without a slash at the end.
 *
 * @throws {CompareError} when a secret or the address cannot be used. The message repeats no secret.
 */
export function readTarget({ baseUrl, ...secrets }: Target): Target {
  const userSecret = readSecret('userSecret', secrets.userSecret);
  const organizationSecret = readSecret('organizationSecret', secrets.organizationSecret);
  // Shorter texts, such as those of a test, can be in any address.
  if ([userSecret, organizationSecret].some((secret) => secret.length >= 8 && baseUrl.includes(secret))) {
    throw new CompareError('The base URL has a secret in it: give the address alone.');
  }
  return { baseUrl: readBaseUrl(baseUrl), userSecret, organizationSecret };
}

/** The header `Authorization` for these credentials. */
export function authorizationOf({ userSecret, organizationSecret }: Omit<Target, 'baseUrl'>): string {
  return `User ${userSecret}, Organization ${organizationSecret}`;
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const example = 'https://api.cloud-elements.com/elements/api-v2';
    throw new CompareError(`The base URL must be an address such as ${example}, not ${shown(text)}.`);
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

function readSecret(name: string, secret: string): string {
  if (secret === '') throw new CompareError(`Option '${name}' must be a text without spaces and commas; it is empty.`);
  if (/[\s,]/.test(secret)) {
    throw new CompareError(`Option '${name}' must be a text without spaces and commas; it has some.`);
  }
  // Other characters cannot stand in a header.
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    throw new CompareError(`Option '${name}' has characters that no secret has: copy it again.`);
  }
  return secret;
}
