import type { OpenAPIObject, PathsObject } from 'openapi3-ts/oas31';
import type { Operation } from '../api/operation.ts';
import { operations } from '../api/operations.ts';
import { basePath } from '../paths.ts';
import { version } from '../version.ts';
import { describeOperation } from './describe-operation.ts';
import { headers } from './headers.ts';
import { parameters } from './parameters.ts';
import { responses } from './responses.ts';
import { collectSchemas, type Schemas } from './schemas.ts';
import { security, securitySchemes } from './security.ts';
import { tags } from './tags.ts';

const description = `The identity side of the Cloud Elements platform API (SAP Open Connectors), as
cloud-elements-emulator answers it: organisations, accounts, users, roles, passwords and secrets.

- Success is always 200, for POST and DELETE too. Every other answer has the envelope \`Error\`.
- A path answers verbs that it does not know with 405, and \`Allow\` names the others; HEAD is answered as GET
  without its body, OPTIONS is a preflight that needs no credentials.
- Paths of the platform that are not emulated answer 501, all others 404.
- In a request \`null\` counts as "not given", and fields that are not named here are ignored.`;

/**
 * The OpenAPI document, made from the table of operations and its schemas.
 *
 * @param url where the emulator answers, without the base path.
 */
export function openApiDocument(url: string): OpenAPIObject {
  const schemas = collectSchemas();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cloud Elements platform API, emulated',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: url + basePath, description: 'The emulator' }],
    tags: tags(),
    security,
    paths: paths(schemas),
    components: { securitySchemes, parameters, headers, responses: responses(), schemas: schemas.components },
  };
}

function paths(schemas: Schemas): PathsObject {
  const paths: PathsObject = {};
  for (const operation of operations) {
    const path = documentPath(operation);
    const described = describeOperation(operation, path, schemas);
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described };
  }
  return paths;
}

/**
 * The path of an operation in the document. OpenAPI has one name for a parameter in one place:
 * `PATCH /users/{id}` stands with `GET /users/{emailOrId}`, the first of the table.
 */
export function documentPath({ path }: Pick<Operation, 'path'>): string {
  const shape = shapeOf(path);
  return operations.find((operation) => shapeOf(operation.path) === shape)?.path ?? path;
}

function shapeOf(path: string): string {
  return path.replace(/\{\w+\}/g, '{}');
}
