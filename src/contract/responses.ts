import type { ResponseObject, ResponsesObject } from 'openapi3-ts/oas31';
import type { Operation } from '../api/operation.ts';
import { type Refusal, refusalsOf } from '../api/refusals.ts';
import { type Example, examplesOf } from './examples.ts';
import { headersOf, references } from './headers.ts';
import type { Schemas } from './schemas.ts';

const reasons: Readonly<Record<Refusal, readonly [name: string, description: string]>> = {
  400: ['BadRequest', 'A parameter, a field or the query is missing or cannot be used; nothing is changed.'],
  401: ['Unauthorized', 'No valid credentials, or the caller may not do this.'],
  403: ['Forbidden', 'What is asked of roles is not for the caller to ask.'],
  404: ['NotFound', 'What the path names does not exist for this caller, or no user is found.'],
  406: ['NotAcceptable', 'The caller accepts no JSON.'],
  409: ['Conflict', 'The change would break a rule between records.'],
  413: ['PayloadTooLarge', 'The body is larger than 1 MB.'],
  415: ['UnsupportedMediaType', 'The body is no JSON, or in an encoding that cannot be read.'],
  500: ['NotKept', 'The change could not be kept in the data file, and was taken back.'],
};

const everyRefusal: readonly Refusal[] = [400, 401, 403, 404, 406, 409, 413, 415, 500];

/** One for every status that is no success. */
export function responses(): Record<string, ResponseObject> {
  const entries = everyRefusal.map((status): [string, ResponseObject] => {
    const [name, description] = reasons[status];
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
    return [name, { description, headers: references(['Elements-Request-Id']), content }];
  });
  return Object.fromEntries(entries);
}

/** Every status that an operation can answer. */
export function responsesOf(operation: Operation, schemas: Schemas): ResponsesObject {
  const refusals = refusalsOf(operation).map((status) => {
    return [status, { $ref: `#/components/responses/${reasons[status][0]}` }];
  });
  return { 200: success(operation, schemas), ...Object.fromEntries(refusals) };
}

function success({ operationId, answer }: Operation, schemas: Schemas): ResponseObject {
  const schema = answer.schema();
  const headers = headersOf(answer);
  if (schema === undefined) return { description: 'Done; there is nothing to say.', headers };
  const examples = examplesOf(operationId, ({ response }: Example) => response);
  const content = { 'application/json': { schema: schemas.reference(schema), ...examples } };
  return { description: answer.kind === 'list' ? 'One page of the list.' : 'Done.', headers, content };
}
