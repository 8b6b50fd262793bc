import type { OperationObject } from 'openapi3-ts/oas31';
import type { Operation } from '../api/operation.ts';
import { examplesOf } from './examples.ts';
import { parametersOf } from './parameters.ts';
import { responsesOf } from './responses.ts';
import type { Schemas } from './schemas.ts';
import { describeAccess } from './security.ts';
import { tagOf } from './tags.ts';

/**
 * A row of the table of operations as OpenAPI has it.
 *
 * @param path by which the document knows it.
 */
export function describeOperation(operation: Operation, path: string, schemas: Schemas): OperationObject {
  const { operationId, summary, source, access, body } = operation;
  const examples = examplesOf(operationId, ({ request }) => request);
  return {
    operationId,
    tags: [tagOf(path)],
    summary,
    description: `${describeAccess(access)} Source: ${source}.`,
    ...(access === 'anyone' ? { security: [] } : {}),
    parameters: parametersOf(operation, path),
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: schemas.reference(body.schema), ...examples } } } }),
    responses: responsesOf(operation, schemas),
  };
}
