import type { OpenAPIObject, ParameterObject, PathsObject } from 'openapi3-ts/oas31';
import type { Operation } from '../platform/operation.ts';
import { describeOperation } from './describe-operation.ts';
import { headers } from './headers.ts';
import { sharedParameters } from './parameters.ts';
import { responses } from './responses.ts';
import { collectSchemas, type Schemas } from './schemas.ts';
import { security, securitySchemes } from './security.ts';
import type { Sources } from './sources.ts';

const description = `The identity side of the Cloud Elements platform API (SAP Open Connectors), as
cloud-elements-emulator answers it: organizations, accounts, users, roles, passwords and secrets.

- Success is always 200, for POST and DELETE too. Every other answer has the envelope \`ErrorResponse\`.
- A path answers verbs that it does not support with 405, and \`Allow\` lists those that it supports; HEAD is answered as GET
  without its body, OPTIONS is a preflight that needs no credentials.
- OpenAPI has one name for a parameter of a path. Where the documents have another for an operation, its \`x-path\` is
  the path as they print it.
- Paths of the platform that are not emulated answer 501, all others 404.
- In a request \`null\` counts as "not given" where a schema allows it, and unknown fields are ignored.
- Examples are from the platform's own documents where these print one. Where a document contradicts itself, the
  example shows what the emulator answers on its default fixture.`;

/**
 * The OpenAPI document, made from the table of operations and its schemas.
 *
 * @param url where the emulator answers, without the base path.
 */
export function openApiDocument(url: string, sources: Sources): OpenAPIObject {
  const { resources, basePath, version } = sources;
  const schemas = collectSchemas(sources);
  const described = paths(sources, schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cloud Elements platform API, emulated',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: url + basePath, description: 'The emulator' }],
    tags: resources.map(({ tag, description }) => ({ name: tag, description })),
    security,
    paths: described,
    components: {
      securitySchemes,
      parameters: referred(sharedParameters(sources), described),
      headers,
      responses: responses(),
      schemas: schemas.components,
    },
  };
}

/** The parameters that operations refer to. Those with examples are written with their operation. */
function referred(parameters: Record<string, ParameterObject>, paths: PathsObject): Record<string, ParameterObject> {
  const text = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => text.includes(`"#/components/parameters/${name}"`)),
  );
}

function paths(sources: Sources, schemas: Schemas): PathsObject {
  const paths: PathsObject = {};
  const operations = sources.resources.flatMap((resource) => resource.operations);
  for (const { tag, operations: ofResource } of sources.resources) {
    for (const operation of ofResource) {
      const path = documentPath(operation, operations);
      const described = describeOperation(operation, tag, path, sources, schemas);
      paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described };
    }
  }
  return paths;
}

/**
 * The path of an operation in the document. OpenAPI has one name for the parameter in one place of a path, and the first
 * operation in the table decides: `PATCH /users/{id}` is written below `/users/{emailOrId}`.
 */
function documentPath({ path }: Operation, operations: readonly Operation[]): string {
  const shape = shapeOf(path);
  return operations.find((operation) => shapeOf(operation.path) === shape)?.path ?? path;
}

function shapeOf(path: string): string {
  return path.replace(/\{\w+\}/g, '{}');
}
