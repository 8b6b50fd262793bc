import type { ParameterObject, ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import type { Operation } from '../platform/operation.ts';
import { isTextParameter, parameterNames } from '../platform/path-parameters.ts';
import { type Example, examplesOf } from './examples.ts';
import type { Sources } from './sources.ts';

const flag: SchemaObject = { type: 'boolean', default: false };
const id: SchemaObject = { type: 'integer', format: 'int64' };

const where = `Which records to answer, as a CEQL expression: what follows WHERE in SQL. Without it they are all answered.
\`=\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`, \`LIKE\` (with \`%\`), \`IN\`, \`IS NULL\`, \`AND\`, \`OR\`, \`NOT\` and
parentheses; texts and dates stand in single quotes. Percent-encode it, and keep URL and headers together below 16 KB.`;

/** The query parameters and headers of requests; a blank one counts as absent. */
export function sharedParameters({ maxPageSize }: Sources): Record<string, ParameterObject> {
  return {
    where: { name: 'where', in: 'query', description: where, schema: { type: 'string', maxLength: 8192 } },
    offset: {
      name: 'offset',
      in: 'query',
      description: 'How many records to pass over.',
      schema: { ...count(0), default: 0 },
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
      schema: count(1),
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
      description:
        'Whether inactive ones are answered as well. Unless it is given, lists of accounts and `/users` leave them out, and ' +
        'all others answer them.',
      schema: { type: 'boolean' },
    },
    permanent: {
      name: 'permanent',
      in: 'query',
      description:
        'With `"active": false` of an account, whether its users are removed for good, in place of being deactivated. ' +
        'For a user it is checked, and changes nothing.',
      schema: flag,
    },
    'Elements-User-Password': {
      name: 'Elements-User-Password',
      in: 'header',
      description: "The user's password: the right one shows the `secret`, a wrong one counts for nothing.",
      schema: { type: 'string', format: 'password' },
    },
  };
}

const count = (minimum: number): SchemaObject => ({ type: 'integer', minimum, maximum: Number.MAX_SAFE_INTEGER });

/** The parameters of an operation, those of its path first; with examples they stand there, else where all are. */
export function parametersOf(
  operation: Operation,
  documented: string,
  sources: Sources,
): (ParameterObject | ReferenceObject)[] {
  const { path, query = [], readsPassword = false, operationId, answer } = operation;
  const names = parameterNames(path);
  const shared = sharedParameters(sources);
  const ofPath = parameterNames(documented).map((name, at): ParameterObject => {
    const own = names[at] ?? name;
    const value = (example: Example) => pathValue(example, path, own);
    return { name, in: 'path', required: true, ...describe(own, path, sources), ...examplesOf(operationId, value) };
  });
  const others = [...query, ...(readsPassword ? ['Elements-User-Password'] : [])].map((name) => {
    const parameter = shared[name];
    if (parameter === undefined) throw new Error(`${operationId} reads '${name}', which the contract does not know.`);
    const own = examplesOf(operationId, (example) => sharedValue(example, parameter));
    const searched = name === 'where' ? answer.searched?.() : undefined;
    if (own.examples === undefined && searched === undefined) return { $ref: `#/components/parameters/${name}` };
    const fields =
      searched === undefined ? '' : `\nIt can ask for ${searched.map((field) => `\`${field}\``).join(', ')}.`;
    return { ...parameter, description: `${parameter.description}${fields}`, ...own };
  });
  return [...ofPath, ...others];
}

/** @param own the name in the table of operations, which tells what it can be. */
function describe(own: string, path: string, { roleKeys }: Sources): { description: string; schema: SchemaObject } {
  if (own === 'key') {
    return { description: 'The key of a role.', schema: { type: 'string', enum: [...roleKeys] } };
  }
  const owner = path.split(`/{${own}}`)[0]?.split('/').at(-1)?.replace(/s$/, '');
  return isTextParameter(own)
    ? { description: `The id or the email of the ${owner}.`, schema: { type: 'string' } }
    : { description: `The id of the ${owner}, a number.`, schema: id };
}

/** What an example's path has in the place of a parameter. */
function pathValue(example: Example, path: string, name: string): string | number | undefined {
  const at = path.split('/').indexOf(`{${name}}`);
  const text = urlOf(example).pathname.split('/')[at];
  if (text === undefined) return undefined;
  return isTextParameter(name) ? decodeURIComponent(text) : Number(text);
}

/** What an example says of a query parameter or a header. */
function sharedValue(example: Example, { name, in: place, schema = {} }: ParameterObject): unknown {
  if (place === 'header') return example.response === undefined ? undefined : example.headers?.[name];
  const text = urlOf(example).searchParams.get(name);
  if (text === null || '$ref' in schema) return undefined;
  return schema.type === 'string' ? text : JSON.parse(text);
}

function urlOf({ path, meant = path }: Example): URL {
  return new URL(meant, 'http://emulator');
}
