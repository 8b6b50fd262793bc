import type { CompiledQuery } from '../ceql/index.ts';
import { BadRequestError } from './errors.ts';
import { nextPageToken, type Page, type PageQuery, readPage } from './paging.ts';
import type { Body, View } from './view.ts';

/** The query parameters of a list. */
export interface ListQuery extends PageQuery {
  readonly where?: string | undefined;
}

/** One page of a list and what its headers say. */
export interface List {
  readonly items: readonly Body[];
  readonly total: number;
  readonly nextPageToken: string | undefined;
}

/** The source of the records of a list. */
export interface Source<R> {
  /** The ids of the whole list, ascending. */
  readonly ids: readonly number[];
  readonly order: 'ascending' | 'descending';
  get(id: number): R | undefined;
  /** The records that an index has for `field = value`; `undefined` without an index. */
  lookUp(field: string, value: string): readonly (R | undefined)[] | undefined;
  /** Whether a record that `lookUp` found is part of the list. */
  isListed(record: R): boolean;
}

/**
 * Lists one page of the records that match `where`.
 *
 * @param findSource called after the query has been read, so that an error in the query comes before a 404.
 * @throws {BadRequestError} for a `where` or a paging parameter that cannot be used.
 */
export function list<R extends { readonly id: number }>(
  findSource: () => Source<R>,
  view: View<R>,
  query: ListQuery,
): List {
  const page = readPage(query);
  const where = query.where === undefined ? undefined : compileWhere(query.where, view);
  const source = findSource();
  const found = where === undefined ? undefined : findWhere(source, where);
  const total = (found ?? source.ids).length;
  const records =
    found === undefined ? getAll(source, slice(source.ids, source.order, page)) : slice(found, source.order, page);
  return { items: records.map(view.show), total, nextPageToken: nextPageToken(page, total) };
}

/** `flatMap` would take ten times as long for a page. */
function getAll<R>({ get }: Source<R>, ids: readonly number[]): R[] {
  return ids.map(get).filter(isPresent);
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function slice<T>(all: readonly T[], order: 'ascending' | 'descending', { offset, pageSize }: Page): T[] {
  if (order === 'ascending') return all.slice(offset, offset + pageSize);
  const end = Math.max(all.length - offset, 0);
  return all.slice(Math.max(end - pageSize, 0), end).reverse();
}

function compileWhere<R>(where: string, view: View<R>): CompiledQuery<R> {
  // A separate file of the package: most suites never search.
  const { CeqlError, compile, parse }: typeof import('../ceql/index.ts') = require('../ceql/index.ts');
  try {
    return compile(parse(where), view.searchFields);
  } catch (error) {
    if (!(error instanceof CeqlError)) throw error;
    throw new BadRequestError(`Invalid where at position ${error.position}: ${error.message}.`);
  }
}

/** The matching records by ascending id: an equality with an index narrows them, otherwise all records are tested. */
function findWhere<R extends { readonly id: number }>(source: Source<R>, where: CompiledQuery<R>): R[] {
  for (const [field, values] of where.equalities) {
    const found = values.map((value) => source.lookUp(field, value));
    if (found.some((records) => records === undefined)) continue;
    const records = [...new Set(found.flat().filter(isPresent))];
    return records.filter((record) => where.matches(record) && source.isListed(record)).sort((a, b) => a.id - b.id);
  }
  return getAll(source, source.ids).filter((record) => where.matches(record));
}
