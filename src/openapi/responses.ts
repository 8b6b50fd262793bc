import type { ReferenceObject, ResponseObject, ResponsesObject } from 'openapi3-ts/oas31';
import type { ErrorStatus, Operation } from '../platform/operation.ts';
import { errorStatusesOf } from './error-statuses.ts';
import { examplesOf } from './examples.ts';
import { headersOf, references } from './headers.ts';
import type { Schemas } from './schemas.ts';

interface Reason {
  readonly name: string;
  readonly description: string;
  /** Messages by their cause: the platform's own where they are known (row `error-texts-known`). */
  readonly messages: Readonly<Record<string, string>>;
}

const reasons: Readonly<Record<ErrorStatus, Reason>> = {
  400: {
    name: 'BadRequest',
    description: 'A parameter, a field or the query is missing or invalid; nothing is changed.',
    messages: {
      'a field is missing': 'Missing required field: externalId.',
      'a parameter cannot be used': "Parameter 'pageSize' must be a whole number from 1 to 5000, not '0'.",
    },
  },
  401: {
    name: 'Unauthorized',
    description: 'No valid credentials, or the caller may not do this: the message is the same for every cause.',
    messages: { 'every cause': 'Invalid Organization or User secret, or invalid Element token provided.' },
  },
  403: {
    name: 'Forbidden',
    description:
      'A change of roles that the caller may not make: of a role above their own, of their own roles, or of a user or ' +
      'account of another organization; or a privilege that the role cannot have. On roles of the organization and ' +
      'password policies also: the caller lacks the privilege.',
    messages: {
      'no privilege': "User 412 lacks the privilege 'configureRoles'.",
      'no role has system': "User can not add the 'system' privilege to any role.",
      'not for default users': "User can not add the 'intelligence' privilege to the 'default-user' role.",
    },
  },
  404: {
    name: 'NotFound',
    description: 'The record in the path does not exist for this caller, or no user is found.',
    messages: { 'no users': 'No users found', 'an unknown account': 'No account found with ID 123456' },
  },
  406: {
    name: 'NotAcceptable',
    description: 'The `Accept` of the request does not allow JSON.',
    messages: { 'no JSON': "Only application/json is answered, which 'Accept: text/html' leaves out." },
  },
  409: {
    name: 'Conflict',
    description: 'The change would break a rule between records: an email or an `externalId` is in use, for example.',
    messages: {
      'a taken externalId': "Account 3780 has the externalId '1984' already: it must be unique among active accounts.",
      'a taken email': "Email 'jane@acmedata.com' is in use already.",
    },
  },
  413: {
    name: 'PayloadTooLarge',
    description: 'The body is larger than 1,048,576 bytes.',
    messages: { 'a large body': 'The body is larger than 1048576 bytes.' },
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not JSON, or has an encoding that cannot be read.',
    messages: { 'a form': "The body must be application/json, not 'application/x-www-form-urlencoded'." },
  },
  500: {
    name: 'NotKept',
    description: 'The change could not be stored in the data file, and was undone.',
    messages: { 'no space': 'The change could not be saved in the data file (ENOSPC) and was undone.' },
  },
};

/** The answers of the server to a malformed request, and the answers of faults. */
const otherwise: Reason = {
  name: 'Otherwise',
  description:
    'Not from an operation: 431 for URL and headers beyond 16 KB, 408 for a request that does not end, 400 ' +
    'for a malformed one, and the status of a fault that a test injects.',
  messages: { 'a fault': 'Service Unavailable', 'a long URL': 'The headers or the URL are too long.' },
};

/** A response for every error status, and one for answers that do not come from an operation. */
export function responses(): Record<string, ResponseObject> {
  const all = [...Object.values(reasons), otherwise];
  return Object.fromEntries(all.map((reason) => [reason.name, response(reason)]));
}

function response({ description, messages }: Reason): ResponseObject {
  const examples = Object.entries(messages).map(([name, message]) => {
    return [name.replaceAll(' ', '-'), { value: { requestId: exampleRequestId, message } }] as const;
  });
  const schema = { $ref: '#/components/schemas/ErrorResponse' };
  const content = { 'application/json': { schema, examples: Object.fromEntries(examples) } };
  return { description, headers: references(['Elements-Request-Id']), content };
}

/** Printed in seed 000. */
const exampleRequestId = '59664ce6e4b0bbce0a2bd24f';

/** Every status that an operation can answer. */
export function responsesOf(operation: Operation, schemas: Schemas): ResponsesObject {
  const errors = errorStatusesOf(operation).map((status) => [status, refer(reasons[status])]);
  return { 200: success(operation, schemas), ...Object.fromEntries(errors), default: refer(otherwise) };
}

function refer({ name }: Reason): ReferenceObject {
  return { $ref: `#/components/responses/${name}` };
}

function success(operation: Operation, schemas: Schemas): ResponseObject {
  const schema = operation.answer.schema();
  const said = { description: operation.success, headers: headersOf(operation) };
  if (schema === undefined) return said;
  const examples = examplesOf(operation, ({ response }) => response);
  return { ...said, content: { 'application/json': { schema: schemas.reference(schema, 'answer'), ...examples } } };
}
