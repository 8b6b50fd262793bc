import type { OperationObject, RequestBodyObject } from 'openapi3-ts/oas31';
import type { BodyType } from '../platform/body.ts';
import type { Operation } from '../platform/operation.ts';
import { documentOf } from './documents.ts';
import { examplesOf } from './examples.ts';
import { parametersOf } from './parameters.ts';
import { responsesOf } from './responses.ts';
import type { Schemas } from './schemas.ts';
import { describeAccess } from './security.ts';
import type { Sources } from './sources.ts';

/**
 * Describes a row of the table of operations.
 *
 * @param tag of its resource.
 * @param path its path in the document.
 */
export function describeOperation(
  operation: Operation,
  tag: string,
  path: string,
  sources: Sources,
  schemas: Schemas,
): OperationObject {
  const { operationId, summary, description, source, access, body } = operation;
  return {
    operationId,
    // The path as the documents print it, where another operation of the same path names the parameter differently.
    ...(operation.path === path ? {} : { 'x-path': operation.path }),
    tags: [tag],
    summary,
    description: `${description}\n\n${describeAccess(access)} Source: ${documentOf(source)}.`,
    ...(access === 'anyone' ? { security: [] } : {}),
    parameters: parametersOf(operation, path, sources),
    ...(body === undefined ? {} : { requestBody: requestBody(operation, body, schemas) }),
    responses: responsesOf(operation, schemas),
  };
}

/**
 * A body is required when one of its fields is required, or when it is a list; an update without a body changes
 * nothing.
 */
function requestBody(operation: Operation, { schema }: BodyType<unknown>, schemas: Schemas): RequestBodyObject {
  const examples = examplesOf(operation, ({ request }) => request);
  const isRequired = schema.type === 'array' || (schema.required ?? []).length > 0;
  return {
    ...(isRequired ? { required: true } : {}),
    content: { 'application/json': { schema: schemas.reference(schema, 'request'), ...examples } },
  };
}
