import type { HeaderObject, HeadersObject } from 'openapi3-ts/oas31';
import type { Operation } from '../platform/operation.ts';

const count = { type: 'integer', minimum: 0 } as const;

/** The headers of answers (rows `error-envelope` and `list-headers`). */
export const headers = {
  'Elements-Request-Id': {
    required: true,
    description: 'The id of the request, which is in the envelope of an error too.',
    schema: { type: 'string', pattern: '^[0-9a-f]{24}$' },
  },
  'Elements-Total-Count': { required: true, description: 'The number of records in the whole list.', schema: count },
  'Elements-Returned-Count': { required: true, description: 'The number of records in this answer.', schema: count },
  'Elements-Next-Page-Token': {
    description: 'The value of `nextPage` for the next page; absent on the last page.',
    schema: { type: 'string', pattern: '^[\\w-]+$' },
  },
} satisfies Record<string, HeaderObject>;

/** The headers of a success. A list without the parameter `nextPage` has no next page. */
export function headersOf({ answer, query = [] }: Operation): HeadersObject {
  const counts = answer.kind === 'list' ? ['Elements-Total-Count', 'Elements-Returned-Count'] : [];
  const next = query.includes('nextPage') ? ['Elements-Next-Page-Token'] : [];
  return references(['Elements-Request-Id', ...counts, ...next]);
}

export function references(names: readonly string[]): HeadersObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
