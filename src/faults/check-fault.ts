import { METHODS } from 'node:http';
import type { Static } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { Errors } from '@sinclair/typebox/errors';
import { headerMistake } from '../http/header-mistake.ts';
import { checkKnownPath } from '../platform/known-paths.ts';
import { operationIds } from '../platform/operation-ids.ts';
import { describeFieldIssue } from '../text/field-issue.ts';
import type { Fault } from './fault.ts';

const Count = (title: string, minimum: number, maximum: number) => Type.Integer({ minimum, maximum, title });

/** The schema of a fault, in code and over HTTP. */
export const FaultSchema = Type.Object(
  {
    method: Type.Optional(Type.String({ pattern: '^[A-Za-z]+$', title: 'an HTTP method' })),
    path: Type.Optional(Type.String({ minLength: 1, title: 'a path such as /accounts/{id}' })),
    operationId: Type.Optional(
      Type.Union(
        operationIds.map((id) => Type.Literal(id)),
        { title: 'an operationId of docs/operations.md' },
      ),
    ),
    when: Type.Optional(Type.Union([Type.Literal('before'), Type.Literal('after')], { title: "'before' or 'after'" })),
    status: Type.Optional(Count('a status from 400 to 599', 400, 599)),
    message: Type.Optional(Type.String()),
    body: Type.Optional(Type.Unknown()),
    rawBody: Type.Optional(Type.String()),
    headers: Type.Optional(Type.Record(Type.String(), Type.String(), { title: 'an object of texts' })),
    retryAfter: Type.Optional(Count('a whole number of seconds', 0, 86_400)),
    delayMs: Type.Optional(Type.Number({ minimum: 0, maximum: 600_000, title: 'a number from 0 to 600000' })),
    drop: Type.Optional(Type.Boolean()),
    after: Type.Optional(Count('a whole number from 0 up', 0, Number.MAX_SAFE_INTEGER)),
    times: Type.Optional(Count('a whole number from 1 up', 1, Number.MAX_SAFE_INTEGER)),
  },
  { additionalProperties: false },
);

// The public interface is written out, with its comments; this proves that a checked fault has that type.
const asPublic = (fault: Static<typeof FaultSchema>): Fault => fault;
void asPublic;

/**
 * @param stubPaths the path patterns of the stubs.
 * @throws {Error} for a value that is not a fault, and for a fault that could never do anything.
 */
export function checkFault(value: unknown, stubPaths: readonly string[]): asserts value is Fault {
  const error = Errors(FaultSchema, value).First();
  if (error !== undefined) {
    const names = Object.keys(FaultSchema.properties);
    throw new Error(`Invalid fault: ${describeFieldIssue(error, names, { operationId: operationIds })}`);
  }
  const { operationId, method, path, body, headers } = value as Fault;
  checkEffect(value as Fault);
  if (operationId !== undefined && (method !== undefined || path !== undefined)) {
    throw new Error('Invalid fault: operationId replaces method and path: give one or the other.');
  }
  if (method !== undefined && !METHODS.includes(method.toUpperCase())) {
    throw new Error(`Invalid fault: '${method}' is not an HTTP method.`);
  }
  if (path !== undefined) checkKnownPath(path, stubPaths);
  if (headers !== undefined) checkHeaders(headers);
  if (body !== undefined) checkBody(body);
}

/** @throws {Error} for a fault that does nothing, or two things at once. */
function checkEffect({ when, status, delayMs, drop, message, body, rawBody, retryAfter, headers }: Fault): void {
  const hasBody = body !== undefined || rawBody !== undefined;
  const keepsStatus = when === 'after' && hasBody;
  if (body !== undefined && rawBody !== undefined) {
    throw new Error('Invalid fault: body and rawBody both replace the whole body: give one or the other.');
  }
  if (status === undefined && delayMs === undefined && drop !== true && !keepsStatus) {
    throw new Error(
      'Invalid fault: it needs a status, a delayMs or drop: true (after the operation, a body is enough), or it changes nothing.',
    );
  }
  const hasAnswer = hasBody || [message, retryAfter, headers].some((part) => part !== undefined);
  if (status === undefined && hasAnswer && !keepsStatus) {
    throw new Error(
      'Invalid fault: message, body, rawBody, headers and retryAfter belong to an answer, which needs a status.',
    );
  }
  if (drop === true && (status !== undefined || keepsStatus)) {
    const part = status === undefined ? 'body' : 'status';
    throw new Error(`Invalid fault: a connection that is dropped has no ${part}, give drop or ${part}.`);
  }
}

/** @throws {Error} for a header that cannot be sent. */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
  const mistake = headerMistake(headers);
  if (mistake !== undefined) throw new Error(`Invalid fault: ${mistake}`);
}

/** @throws {Error} for a value that JSON cannot write. */
function checkBody(body: unknown): void {
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch {
    text = undefined;
  }
  if (text === undefined) throw new Error("Invalid fault: field 'body' must be JSON.");
}
