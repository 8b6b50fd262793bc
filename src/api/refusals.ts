import { isTextParameter, type Operation } from './operation.ts';

/** A status that an operation can answer in place of 200. */
export type Refusal = 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 500;

/**
 * Every such status of an operation, ascending: those that follow from its columns, in the order of
 * checks of `answer` in platform.ts, and those of its rule.
 */
export function refusalsOf({ access, body, path, query = [], method, refusals = [] }: Operation): Refusal[] {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const isRefutable = body !== undefined || query.length > 0 || !parameters.every(isTextParameter);
  const derived: readonly (readonly [Refusal, boolean])[] = [
    [400, isRefutable],
    [401, access !== 'anyone'],
    [404, parameters.length > 0],
    [406, true],
    [413, body !== undefined],
    [415, body !== undefined],
    // What only reads has nothing to keep.
    [500, method !== 'GET'],
  ];
  const found = derived.flatMap(([status, isDerived]) => (isDerived ? [status] : []));
  return [...new Set([...found, ...refusals])].sort((a, b) => a - b);
}
