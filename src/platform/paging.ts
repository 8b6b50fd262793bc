import { BadRequestError } from './errors.ts';

/** The requested part of a list. */
export interface Page {
  /** "The record offset at which to begin the paginated results" (seed 000). */
  readonly offset: number;
  readonly pageSize: number;
}

/** The query parameters of every list, as text. */
export interface PageQuery {
  readonly offset?: string | undefined;
  readonly pageSize?: string | undefined;
  readonly page?: string | undefined;
  readonly nextPage?: string | undefined;
}

const defaultPageSize = 200;
export const maxPageSize = 5000;

/**
 * Reads `offset` (default 0), `pageSize` (default 200, at most 5000), `page` (from 1) and
 * `nextPage`. `nextPage` takes precedence over `page`, and `page` over `offset`.
 *
 * @throws {BadRequestError} naming the first parameter that cannot be used.
 */
export function readPage(query: PageQuery): Page {
  const pageSize = wholeNumber('pageSize', query.pageSize, 1, maxPageSize);
  const page = wholeNumber('page', query.page, 1, Number.MAX_SAFE_INTEGER);
  const offset = wholeNumber('offset', query.offset, 0, Number.MAX_SAFE_INTEGER);
  if (query.nextPage !== undefined) {
    const token = readToken(query.nextPage);
    return { offset: token.offset, pageSize: pageSize ?? token.pageSize };
  }
  const size = pageSize ?? defaultPageSize;
  return { offset: page === undefined ? (offset ?? 0) : (page - 1) * size, pageSize: size };
}

/** The token of the page after this one, or `undefined` when there is none. */
export function nextPageToken({ offset, pageSize }: Page, total: number): string | undefined {
  const next = offset + pageSize;
  if (next >= total) return undefined;
  return Buffer.from(JSON.stringify({ offset: next, pageSize })).toString('base64url');
}

function readToken(token: string): Page {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  if (!isPage(value)) {
    throw new BadRequestError("Parameter 'nextPage' is not a token of Elements-Next-Page-Token.");
  }
  return value;
}

function isPage(value: unknown): value is Page {
  if (typeof value !== 'object' || value === null) return false;
  const { offset, pageSize } = value as Partial<Record<keyof Page, unknown>>;
  return isWithin(offset, 0, Number.MAX_SAFE_INTEGER) && isWithin(pageSize, 1, maxPageSize);
}

function wholeNumber(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (isWithin(number, min, max)) return number;
  const bounds = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
  throw new BadRequestError(`Parameter '${name}' must be a whole number ${bounds}, not '${text}'.`);
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
