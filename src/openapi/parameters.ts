import type { ParameterObject, ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import type { Example, Operation } from '../platform/operation.ts';
import { isTextParameter, parameterNames } from '../platform/path-parameters.ts';
import { examplesOf } from './examples.ts';
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
      description: 'How many records to skip.',
      schema: { ...count(0), default: 0 },
    },
    pageSize: {
      name: 'pageSize',
      in: 'query',
      description: 'The maximal number of records in the answer.',
      schema: { type: 'integer', minimum: 1, maximum: maxPageSize, default: 200 },
    },
    page: {
      name: 'page',
      in: 'query',
      description: 'The number of the page, from 1; takes precedence over `offset`.',
      schema: count(1),
    },
    nextPage: {
      name: 'nextPage',
      in: 'query',
      description: 'The `Elements-Next-Page-Token` of the previous page; takes precedence over `page` and `offset`.',
      schema: { type: 'string' },
    },
    includeInactive: {
      name: 'includeInactive',
      in: 'query',
      description:
        'Whether the answer includes inactive records. Default: false in lists of accounts and in `/users`, otherwise true.',
      schema: { type: 'boolean' },
    },
    permanent: {
      name: 'permanent',
      in: 'query',
      description:
        'With `"active": false` of an account, whether its users are removed for good, instead of deactivated. ' +
        'For a user it has no effect.',
      schema: flag,
    },
    'Elements-User-Password': {
      name: 'Elements-User-Password',
      in: 'header',
      description: "The user's password: the right one shows the `secret`, a wrong one has no effect.",
      schema: { type: 'string', format: 'password' },
    },
  };
}

const count = (minimum: number): SchemaObject => ({ type: 'integer', minimum, maximum: Number.MAX_SAFE_INTEGER });

/** The parameters of an operation, those of its path first. A parameter without examples refers to the shared ones. */
export function parametersOf(
  operation: Operation,
  documented: string,
  sources: Sources,
): (ParameterObject | ReferenceObject)[] {
  const { path, query = [], readsPassword, operationId, answer } = operation;
  const names = parameterNames(path);
  const shared = sharedParameters(sources);
  const ofPath = parameterNames(documented).map((name, at): ParameterObject => {
    const own = names[at] ?? name;
    const value = (example: Example) => pathValue(example, path, own);
    return { name, in: 'path', required: true, ...describe(own, path, sources), ...examplesOf(operation, value) };
  });
  const others = [...query, ...(readsPassword ? ['Elements-User-Password'] : [])].map((name) => {
    const parameter = shared[name];
    if (parameter === undefined)
      throw new Error(`${operationId} reads '${name}', which the OpenAPI document does not describe.`);
    const own = examplesOf(operation, (example) => sharedValue(example, parameter));
    const searched = name === 'where' ? answer.searched?.() : undefined;
    if (own.examples === undefined && searched === undefined) return { $ref: `#/components/parameters/${name}` };
    const fields =
      searched === undefined ? '' : `\nIt can ask for ${searched.map((field) => `\`${field}\``).join(', ')}.`;
    return { ...parameter, description: `${parameter.description}${fields}`, ...own };
  });
  return [...ofPath, ...others];
}

/** @param own the name in the table of operations. */
function describe(own: string, path: string, { roleKeys }: Sources): { description: string; schema: SchemaObject } {
  if (own === 'key') {
    return { description: 'The key of a role.', schema: { type: 'string', enum: [...roleKeys] } };
  }
  const owner = path.split(`/{${own}}`)[0]?.split('/').at(-1)?.replace(/s$/, '');
  return isTextParameter(own)
    ? { description: `The id or the email of the ${owner}.`, schema: { type: 'string' } }
    : { description: `The id of the ${owner}, a number.`, schema: id };
}

/** The value of a parameter in the path of an example. */
function pathValue(example: Example, path: string, name: string): string | number | undefined {
  const at = path.split('/').indexOf(`{${name}}`);
  const text = urlOf(example).pathname.split('/')[at];
  if (text === undefined) return undefined;
  return isTextParameter(name) ? decodeURIComponent(text) : Number(text);
}

/** The value of a query parameter or a header in an example. */
function sharedValue(example: Example, { name, in: place, schema = {} }: ParameterObject): unknown {
  if (place === 'header') return example.response === undefined ? undefined : example.headers?.[name];
  const text = urlOf(example).searchParams.get(name);
  if (text === null || '$ref' in schema) return undefined;
  return schema.type === 'string' ? text : JSON.parse(text);
}

function urlOf({ path, meant = path }: Example): URL {
  return new URL(meant, 'http://emulator');
}
