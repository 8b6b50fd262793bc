import type { ParameterObject, ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import { isTextParameter, type Operation } from '../api/operation.ts';
import { maxPageSize } from '../platform/paging.ts';
import { roles } from '../platform/roles.ts';

const flag: SchemaObject = { type: 'boolean', default: false };

/** The query parameters and headers of requests; a blank one counts as absent. */
export const parameters = {
  where: {
    name: 'where',
    in: 'query',
    description: 'A CEQL expression: which records to answer. Without it they are all answered.',
    schema: { type: 'string', maxLength: 8192 },
    example: "createdDate>'2017-01-15'",
  },
  offset: {
    name: 'offset',
    in: 'query',
    description: 'How many records to pass over.',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
  pageSize: {
    name: 'pageSize',
    in: 'query',
    description: 'How many records to answer at most.',
    schema: { type: 'integer', minimum: 1, maximum: maxPageSize, default: 200 },
  },
  page: {
    name: 'page',
    in: 'query',
    description: 'Which page to answer, from 1; counts before `offset`.',
    schema: { type: 'integer', minimum: 1 },
  },
  nextPage: {
    name: 'nextPage',
    in: 'query',
    description: 'The `Elements-Next-Page-Token` of the page before; counts before `page` and `offset`.',
    schema: { type: 'string' },
  },
  includeInactive: {
    name: 'includeInactive',
    in: 'query',
    description: 'Whether inactive ones are answered as well.',
    schema: flag,
  },
  permanent: {
    name: 'permanent',
    in: 'query',
    description: 'Whether users are removed for good, in place of being deactivated.',
    schema: flag,
  },
  'Elements-User-Password': {
    name: 'Elements-User-Password',
    in: 'header',
    description: "The user's password: the right one shows the `secret`, a wrong one counts for nothing.",
    schema: { type: 'string' },
    example: 'password',
  },
} satisfies Record<string, ParameterObject>;

/** The parameters of an operation, those of its path first. */
export function parametersOf(
  { path, query = [], readsPassword = false }: Operation,
  documented: string,
): (ParameterObject | ReferenceObject)[] {
  const names = namesIn(path);
  const shared = [...query, ...(readsPassword ? ['Elements-User-Password'] : [])];
  return [
    ...namesIn(documented).map((name, at) => pathParameter(name, names[at] ?? name, path)),
    ...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

/**
 * @param name by which the document knows it.
 * @param own the name in the table of operations, which tells what it can be.
 */
function pathParameter(name: string, own: string, path: string): ParameterObject {
  return { name, in: 'path', required: true, ...describe(own, path) };
}

function describe(own: string, path: string): { description: string; schema: SchemaObject } {
  if (own === 'key') {
    const keys = roles.map(({ key }) => key);
    return { description: 'The key of a role.', schema: { type: 'string', enum: keys } };
  }
  const owner = path.split(`/{${own}}`)[0]?.split('/').at(-1)?.replace(/s$/, '');
  return isTextParameter(own)
    ? { description: `The id or the email of the ${owner}.`, schema: { type: 'string' } }
    : { description: `The id of the ${owner}.`, schema: { type: 'integer' } };
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
