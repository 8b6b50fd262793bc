import type { OperationObject, RequestBodyObject } from 'openapi3-ts/oas31';
import type { BodyType } from '../platform/body.ts';
import type { Operation } from '../platform/operation.ts';
import type { OperationId } from '../platform/operation-ids.ts';
import { about } from './about.ts';
import { documentOf } from './documents.ts';
import { examplesOf } from './examples.ts';
import { parametersOf } from './parameters.ts';
import { responsesOf } from './responses.ts';
import type { Schemas } from './schemas.ts';
import { describeAccess } from './security.ts';
import type { Sources } from './sources.ts';
import { tagOf } from './tags.ts';

/**
 * A row of the table of operations as OpenAPI has it.
 *
 * @param path by which the document knows it.
 */
export function describeOperation(
  operation: Operation,
  path: string,
  sources: Sources,
  schemas: Schemas,
): OperationObject {
  const { operationId, summary, source, access, body } = operation;
  const from = documentOf(source);
  return {
    operationId,
    // For people: the documents name the parameter otherwise than the operation whose path this one stands with.
    ...(operation.path === path ? {} : { 'x-path': operation.path }),
    tags: [tagOf(path)],
    summary,
    description: `${about[operationId].does}\n\n${describeAccess(access)} Source: ${from}.`,
    ...(access === 'anyone' ? { security: [] } : {}),
    parameters: parametersOf(operation, path, sources),
    ...(body === undefined ? {} : { requestBody: requestBody(operationId, body, schemas) }),
    responses: responsesOf(operation, schemas),
  };
}

/** One that has to be there when something in it has to be; without any an update changes nothing. */
function requestBody(operationId: OperationId, { schema }: BodyType<unknown>, schemas: Schemas): RequestBodyObject {
  const examples = examplesOf(operationId, ({ request }) => request);
  const isRequired = schema.type === 'array' || (schema.required ?? []).length > 0;
  return {
    ...(isRequired ? { required: true } : {}),
    content: { 'application/json': { schema: schemas.reference(schema, 'request'), ...examples } },
  };
}
