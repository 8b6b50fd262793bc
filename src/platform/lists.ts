import { CeqlError, type CompiledQuery, compile, parse } from '../ceql/index.ts';
import { BadRequestError } from './errors.ts';
import { nextPageToken, type Page, type PageQuery, readPage } from './paging.ts';
import { type Scannable, scan } from './scan.ts';
import type { View } from './view.ts';

/** The query parameters of a list. */
export interface ListQuery extends PageQuery {
  readonly where?: string | undefined;
}

/** One page of a list and what its headers say. */
export interface List {
  /** Each as JSON, in UTF-8. */
  readonly items: readonly Buffer[];
  readonly total: number;
  readonly nextPageToken: string | undefined;
}

/** Where the records of a list come from; its ids are those of the whole list, ascending. */
export interface Source<R> extends Scannable<R> {
  readonly order: 'ascending' | 'descending';
  /** The records that an index gives for `field = value`; `undefined` without an index. */
  lookUp(field: string, value: string): readonly (R | undefined)[] | undefined;
  /** Whether a record that was looked up belongs to the list. */
  belongs(record: R): boolean;
}

/**
 * Answers one page of the records that match `where`; a promise when many have to be tested for it.
 *
 * @param findSource is called once the query has been read: a mistake in it is told before what is not there.
 * @throws {BadRequestError} for a `where` or a paging parameter that cannot be used.
 */
export function list<R extends { readonly id: number }>(
  findSource: () => Source<R>,
  view: View<R>,
  query: ListQuery,
): List | Promise<List> {
  const page = readPage(query);
  const where = query.where === undefined ? undefined : compileWhere(query.where, view);
  const source = findSource();
  const answer = (records: readonly R[], total: number) => ({
    items: records.map(view.write),
    total,
    nextPageToken: nextPageToken(page, total),
  });
  const { ids, order } = source;
  if (where === undefined) {
    const records = slice(ids, order, page).map((id) => source.get(id));
    return answer(records.filter(isThere), ids.length);
  }
  const answerFound = (found: readonly R[]) => answer(slice(found, order, page), found.length);
  const found = findWhere(source, where);
  return Array.isArray(found) ? answerFound(found) : found.then(answerFound);
}

/** Not `flatMap`, which takes ten times as long for a page. */
function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function slice<T>(all: readonly T[], order: 'ascending' | 'descending', { offset, pageSize }: Page): T[] {
  if (order === 'ascending') return all.slice(offset, offset + pageSize);
  const end = Math.max(all.length - offset, 0);
  return all.slice(Math.max(end - pageSize, 0), end).reverse();
}

function compileWhere<R>(where: string, view: View<R>): CompiledQuery<R> {
  try {
    return compile(parse(where), view.searchFields);
  } catch (error) {
    if (!(error instanceof CeqlError)) throw error;
    throw new BadRequestError(`Invalid where at position ${error.position}: ${error.message}.`);
  }
}

/** The matching records, by ascending id: from an index when an equality has one, else from a scan. */
function findWhere<R extends { readonly id: number }>(
  source: Source<R>,
  { equalities, matches }: CompiledQuery<R>,
): R[] | Promise<R[]> {
  for (const [field, values] of equalities) {
    const found = values.map((value) => source.lookUp(field, value));
    if (found.some((records) => records === undefined)) continue;
    const records = new Set(found.flat().filter(isThere));
    return [...records].filter((record) => matches(record) && source.belongs(record)).sort((a, b) => a.id - b.id);
  }
  return scan(source, matches);
}
