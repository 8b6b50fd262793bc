import type { Operation, Refusal } from '../platform/operation.ts';
import { isTextParameter, parameterNames } from '../platform/path-parameters.ts';

/**
 * Every such status of an operation, ascending: those that follow from its columns, in the order of
 * checks in src/platform/dispatch.ts, and those of its rule.
 */
export function refusalsOf({ access, body, path, query = [], method, refusals = [] }: Operation): Refusal[] {
  const parameters = parameterNames(path);
  const isRefutable = body !== undefined || query.length > 0 || !parameters.every(isTextParameter);
  const derived: readonly (readonly [Refusal, boolean])[] = [
    [400, isRefutable],
    [401, access !== 'anyone'],
    [403, typeof access === 'object' && access.refusal === 403],
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
