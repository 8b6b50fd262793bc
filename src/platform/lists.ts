import { CeqlError, type CompiledQuery, compile, parse } from '../ceql/index.ts';
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

/** Where the records of a list come from. */
export interface Source<R> {
  /** The ids of the whole list, ascending. */
  readonly ids: readonly number[];
  readonly order: 'ascending' | 'descending';
  get(id: number): R | undefined;
  /** The records that an index gives for `field = value`; `undefined` without an index. */
  lookUp(field: string, value: string): readonly (R | undefined)[] | undefined;
  /** Whether a record that was looked up belongs to the list. */
  belongs(record: R): boolean;
}

/**
 * Answers one page of the records that match `where`.
 *
 * @throws {BadRequestError} for a `where` or a paging parameter that cannot be used.
 */
export function list<R extends { readonly id: number }>(source: Source<R>, view: View<R>, query: ListQuery): List {
  const page = readPage(query);
  const ids = query.where === undefined ? source.ids : idsWhere(source, compileWhere(query.where, view));
  const shown = slice(ids, source.order, page);
  return {
    items: shown.flatMap((id) => {
      const record = source.get(id);
      return record === undefined ? [] : [view.show(record)];
    }),
    total: ids.length,
    nextPageToken: nextPageToken(page, ids.length),
  };
}

function slice(ids: readonly number[], order: 'ascending' | 'descending', { offset, pageSize }: Page): number[] {
  if (order === 'ascending') return ids.slice(offset, offset + pageSize);
  const end = Math.max(ids.length - offset, 0);
  return ids.slice(Math.max(end - pageSize, 0), end).reverse();
}

function compileWhere<R>(where: string, view: View<R>): CompiledQuery<R> {
  try {
    return compile(parse(where), view.searchFields);
  } catch (error) {
    if (!(error instanceof CeqlError)) throw error;
    throw new BadRequestError(`Invalid where at position ${error.position}: ${error.message}.`);
  }
}

/** The matching ids, ascending: from an index when an equality has one, else from a scan. */
function idsWhere<R extends { readonly id: number }>(source: Source<R>, query: CompiledQuery<R>): number[] {
  const matches = (record: R | undefined): record is R => record !== undefined && query.matches(record);
  for (const [field, values] of query.equalities) {
    const found = values.map((value) => source.lookUp(field, value));
    if (found.some((records) => records === undefined)) continue;
    const records = found.flatMap((each) => each ?? []).filter(matches);
    const ids = new Set(records.filter((record) => source.belongs(record)).map(({ id }) => id));
    return [...ids].sort((a, b) => a - b);
  }
  return source.ids.filter((id) => matches(source.get(id)));
}
