import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { NotFoundError } from '../http/errors.ts';
import type { Handler, Request } from '../http/exchange.ts';
import { controlPath } from '../http/paths.ts';
import { sendAs } from '../http/respond.ts';
import { codeOf } from '../text/message-of.ts';
import type { RawEndpoint } from './endpoint.ts';
import { controlHeaderFields } from './headers.ts';

/** The folder of the page: next to the bundle, or in the build when this runs from the sources. */
const folder = basename(__dirname) === 'control' ? join(__dirname, '../../dist/sandbox') : join(__dirname, 'sandbox');

/** Allows the page's own files and nothing else: no inline script, no other host, no frame around it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  ...controlHeaderFields,
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

const files = {
  '': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/app.css': ['app.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
} as const;

/** GET /__emulator and the files of the sandbox page, read when a browser asks for them. */
export const pageEndpoints: readonly RawEndpoint[] = Object.entries(files).map(([path, [file, type]]) => ({
  method: 'GET',
  path,
  ...(path === '' ? { isPage: true } : {}),
  respond: async (_request, response) => sendAs(response, 200, await read(file), type, headers),
}));

/**
 * Whether the request is from a browser that opens the address of the emulator, and not from a client of the platform.
 */
export function asksForPage(request: Request): boolean {
  const { method } = request;
  return (method === 'GET' || method === 'HEAD') && request.accepts(['json', 'html']) === 'html';
}

/** Redirects a browser from the address of the emulator to the page. */
export const redirectToPage: Handler = (_request, response) => {
  const fields = { ...controlHeaderFields, Location: `${controlPath}/`, Vary: 'Accept' };
  sendAs(response, 302, '', 'text/plain; charset=utf-8', fields);
};

const missing =
  'The files of the sandbox page are not next to the program. In the repository run `npm run build`; where a bundler has ' +
  'put the package into a file, tell it that cloud-elements-emulator is external.';

async function read(file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new NotFoundError(missing);
  }
}
