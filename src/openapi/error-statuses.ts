import type { ErrorStatus, Operation } from '../platform/operation.ts';
import { isTextParameter, parameterNames } from '../platform/path-parameters.ts';

/**
 * Every status that an operation can answer in place of 200, ascending: the statuses that follow from the columns of
 * its row, in the order of the checks in src/platform/dispatch.ts, and the statuses of its rule.
 */
export function errorStatusesOf({ access, body, path, query = [], method, errors = [] }: Operation): ErrorStatus[] {
  const parameters = parameterNames(path);
  const canBeMalformed = body !== undefined || query.length > 0 || !parameters.every(isTextParameter);
  const derived: readonly (readonly [ErrorStatus, boolean])[] = [
    [400, canBeMalformed],
    [401, access !== 'anyone'],
    [403, typeof access === 'object' && access.errorStatus === 403],
    [404, parameters.length > 0],
    [406, true],
    [413, body !== undefined],
    [415, body !== undefined],
    // Only an operation that changes the state has to store it.
    [500, method !== 'GET'],
  ];
  const found = derived.flatMap(([status, isDerived]) => (isDerived ? [status] : []));
  return [...new Set([...found, ...errors])].sort((a, b) => a - b);
}
