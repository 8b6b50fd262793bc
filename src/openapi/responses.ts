import type { ReferenceObject, ResponseObject, ResponsesObject } from 'openapi3-ts/oas31';
import type { Operation, Refusal } from '../platform/operation.ts';
import { about } from './about.ts';
import { refusalsOf } from './error-statuses.ts';
import { type Example, examplesOf } from './examples.ts';
import { headersOf, references } from './headers.ts';
import type { Schemas } from './schemas.ts';

interface Reason {
  readonly name: string;
  readonly description: string;
  /** Messages by what they are of: the platform's own where these are known (spec section 1). */
  readonly messages: Readonly<Record<string, string>>;
}

const reasons: Readonly<Record<Refusal, Reason>> = {
  400: {
    name: 'BadRequest',
    description: 'A parameter, a field or the query is missing or cannot be used; nothing is changed.',
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
      'Roles: one above the own was to be changed, one of the caller, or one of somebody of another organization; ' +
      'or a role was to get a privilege that it cannot have. On roles of the organization and password policies also: ' +
      'the caller lacks the privilege.',
    messages: {
      'no privilege': "User 412 lacks the privilege 'configureRoles'.",
      'no role has system': "User can not add the 'system' privilege to any role.",
      'not for default users': "User can not add the 'intelligence' privilege to the 'default-user' role.",
    },
  },
  404: {
    name: 'NotFound',
    description: 'What the path names does not exist for this caller, or no user is found.',
    messages: { 'no users': 'No users found', 'an unknown account': 'No account found with ID 123456' },
  },
  406: {
    name: 'NotAcceptable',
    description: 'The `Accept` of the request allows no JSON.',
    messages: { 'no JSON': "Only application/json is answered, which 'Accept: text/html' leaves out." },
  },
  409: {
    name: 'Conflict',
    description: 'The change would break a rule between records: an email or an `externalId` is taken, for one.',
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
    description: 'The body is no JSON, or in an encoding that cannot be read.',
    messages: { 'a form': "The body must be application/json, not 'application/x-www-form-urlencoded'." },
  },
  500: {
    name: 'NotKept',
    description: 'The change could not be kept in the data file, and was taken back.',
    messages: { 'no space': 'The change could not be kept in the data file (ENOSPC) and was taken back.' },
  },
};

const everyRefusal: readonly Refusal[] = [400, 401, 403, 404, 406, 409, 413, 415, 500];

/** What a server answers before it knows for whom, and what a fault makes of an answer. */
const otherwise: Reason = {
  name: 'Otherwise',
  description:
    'Of no operation: 431 for URL and headers beyond 16 KB, 408 for a request that does not come to its end, 400 ' +
    'for one that is malformed, and whatever a fault of the emulator is set to answer.',
  messages: { 'a fault': 'Service Unavailable', 'a long URL': 'The headers or the URL are too long.' },
};

/** One for every status that is no success, and one for what is beside the operations. */
export function responses(): Record<string, ResponseObject> {
  const all = [...everyRefusal.map((status) => reasons[status]), otherwise];
  return Object.fromEntries(all.map((reason) => [reason.name, refusal(reason)]));
}

function refusal({ description, messages }: Reason): ResponseObject {
  const examples = Object.entries(messages).map(([name, message]) => {
    return [name.replaceAll(' ', '-'), { value: { requestId: exampleRequestId, message } }] as const;
  });
  const schema = { $ref: '#/components/schemas/ErrorResponse' };
  const content = { 'application/json': { schema, examples: Object.fromEntries(examples) } };
  return { description, headers: references(['Elements-Request-Id']), content };
}

/** Seed 000's. */
const exampleRequestId = '59664ce6e4b0bbce0a2bd24f';

/** Every status that an operation can answer. */
export function responsesOf(operation: Operation, schemas: Schemas): ResponsesObject {
  const refusals = refusalsOf(operation).map((status) => [status, refer(reasons[status])]);
  return { 200: success(operation, schemas), ...Object.fromEntries(refusals), default: refer(otherwise) };
}

function refer({ name }: Reason): ReferenceObject {
  return { $ref: `#/components/responses/${name}` };
}

function success({ operationId, answer, query }: Operation, schemas: Schemas): ResponseObject {
  const schema = answer.schema();
  const said = { description: about[operationId].answers, headers: headersOf(answer, query) };
  if (schema === undefined) return said;
  const examples = examplesOf(operationId, ({ response }: Example) => response);
  return { ...said, content: { 'application/json': { schema: schemas.reference(schema, 'answer'), ...examples } } };
}
