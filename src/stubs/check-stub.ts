import { METHODS } from 'node:http';
import type { Static } from '@sinclair/typebox';
import { Errors } from '@sinclair/typebox/errors';
import { StubSchema } from '../fixtures/stub-schema.ts';
import { headerMistake } from '../http/header-mistake.ts';
import { checkPathPattern } from '../http/path-pattern.ts';
import { operationIds } from '../platform/operation-ids.ts';
import { parameterNames } from '../platform/path-parameters.ts';
import { describeFieldIssue } from '../text/field-issue.ts';
import { messageOf } from '../text/message-of.ts';
import { didYouMean } from '../text/suggest.ts';
import type { Stub, StubAnswer } from './stub.ts';
import { writeAnswer } from './write-answer.ts';

/** A stub with a fixed answer, whose fields have the right types. */
export type FixedStub = Static<typeof StubSchema>;

/** The invalid field, empty for the whole stub, and the problem. */
type Mistake = readonly [field: string, problem: string];

const fixed = ['status', 'headers', 'body'] as const;

/** @throws {Error} for a value that is not a stub, and for a stub that could never answer. */
export function checkStub(value: unknown): asserts value is Stub {
  const { respond, ...rest }: { readonly respond?: unknown } = Object(value);
  const issue = Errors(StubSchema, isObject(value) ? rest : value).First();
  if (issue !== undefined) {
    const names = [...Object.keys(StubSchema.properties), 'respond'];
    throw new Error(`Invalid stub: ${describeFieldIssue(issue, names)}`);
  }
  if (respond !== undefined) {
    if (typeof respond !== 'function') {
      throw new Error(
        "Invalid stub: 'respond' must be a function. Over HTTP and in fixtures, give status, headers and body.",
      );
    }
    if (fixed.some((name) => name in rest && Reflect.get(rest, name) !== undefined)) {
      throw new Error("Invalid stub: 'respond' gives the answer: leave status, headers and body out.");
    }
  }
  const mistake = stubMistake(rest as FixedStub);
  if (mistake !== undefined) throw new Error(`Invalid stub: ${mistake[1]}`);
}

/** The problem of a stub that fits the schema; `undefined` for a valid one. */
export function stubMistake({ method, path, operationId, status, headers, body }: FixedStub): Mistake | undefined {
  if (operationId === undefined && path === undefined) return ['', 'it needs a path or an operationId.'];
  if (operationId !== undefined && (method !== undefined || path !== undefined)) {
    return ['operationId', 'operationId replaces method and path: give one or the other.'];
  }
  if (operationId !== undefined && !operationIds.some((id) => id === operationId)) {
    const hint = didYouMean(operationId, operationIds, 'see docs/operations.md for all.');
    return ['operationId', `there is no operation '${operationId}': ${hint}`];
  }
  if (method !== undefined && !METHODS.includes(method.toUpperCase())) {
    return ['method', `'${method}' is not an HTTP method.`];
  }
  const wrongHeader = headers && headerMistake(headers);
  if (wrongHeader !== undefined) return ['headers', wrongHeader];
  return mistakeOf('path', () => checkPath(path)) ?? mistakeOf('body', () => checkFixed({ status, headers, body }));
}

function mistakeOf(field: string, check: () => void): Mistake | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return [field, messageOf(error)];
  }
}

function checkPath(path: string | undefined): void {
  if (path === undefined) return;
  checkPathPattern(path);
  const names = parameterNames(path);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`path '${path}' has {${twice}} twice: give each segment its own name.`);
}

function checkFixed(answer: StubAnswer): void {
  // The body is kept as JSON, in which bytes would be a list of numbers.
  if (ArrayBuffer.isView(answer.body)) throw new Error('a fixed body is JSON or a text: bytes come from a function.');
  writeAnswer(answer, () => undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy, because the caller may change the object later. */
export function copyStub({ respond, ...stub }: Stub): Readonly<Stub> {
  const fixed = JSON.parse(JSON.stringify(stub), (_, value) => Object.freeze(value));
  return Object.freeze(respond === undefined ? fixed : { ...fixed, respond });
}
