import * as Type from '@sinclair/typebox';
import { Errors } from '@sinclair/typebox/errors';
import { StubSchema } from '../fixtures/stub-schema.ts';
import { headerMistake } from '../http/header-mistake.ts';
import { writeBody } from '../http/respond.ts';
import { describeFieldIssue } from '../text/field-issue.ts';
import { messageOf } from '../text/message-of.ts';
import type { StubAnswer } from './stub.ts';

/** An answer as it is sent. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const AnswerSchema = Type.Pick(StubSchema, ['status', 'headers', 'body']);

/** @throws {Error} for a value that is not an answer, and why. */
export function checkAnswer(value: unknown): asserts value is StubAnswer {
  // Their bytes would count as fields.
  if (ArrayBuffer.isView(value)) throw new Error('expected an object, not bytes: give them as its body.');
  if (typeof value === 'function') throw new Error('expected an object, not a function.');
  // The fields of such objects are getters or methods, which would count as left out.
  const { headers }: { readonly headers?: unknown } = Object(value);
  if (kindOf(value) === 'Response') throw new Error('expected { status, headers, body }, not a Response.');
  if (!isPlain(headers))
    throw new Error(`field 'headers' must be an object of texts, not ${article(kindOf(headers))}.`);
  const issue = Errors(AnswerSchema, value).First();
  if (issue !== undefined) throw new Error(describeFieldIssue(issue, Object.keys(AnswerSchema.properties)));
}

/**
 * Writes an answer.
 *
 * @param envelope the body for an error status without one.
 * @throws {Error} for one that cannot be sent, and why.
 */
export function writeAnswer(answer: StubAnswer, envelope: (status: number) => unknown): WrittenAnswer {
  const { status = 200, headers = {}, body } = answer;
  const mistake = headerMistake(headers);
  if (mistake !== undefined) throw new Error(mistake);
  const isBodiless = status === 204 || status === 304;
  if (isBodiless && body !== undefined) throw new Error(`an answer with status ${status} has no body.`);
  const present = body === undefined && status >= 400 ? envelope(status) : body;
  const { type, others } = splitType(headers);
  if (present === undefined) return { status, headers: others, body: '' };
  if (ArrayBuffer.isView(present)) {
    const bytes = new Uint8Array(present.buffer, present.byteOffset, present.byteLength);
    return { status, headers: { ...others, 'Content-Type': type ?? 'application/octet-stream' }, body: bytes };
  }
  const text = writeJson(present, type);
  return { status, headers: { ...others, 'Content-Type': type ?? 'application/json; charset=utf-8' }, body: text };
}

function splitType(headers: Readonly<Record<string, string>>) {
  const isType = ([name]: readonly [string, string]) => name.toLowerCase() === 'content-type';
  const all = Object.entries(headers);
  return { type: all.find(isType)?.[1], others: Object.fromEntries(all.filter((each) => !isType(each))) };
}

/** The name of an object's class, also from another realm. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function article(noun: string): string {
  return `${/^[AEIO]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Whether JSON can express a value: it writes a Map, a stream and the like as empty objects. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return true;
  return ['Object', 'Array', 'String', 'Number', 'Boolean', 'Error'].includes(kindOf(value));
}

function writeJson(body: unknown, type: string | undefined): string {
  // JSON would write a promise as an empty object.
  if (typeof body === 'object' && body !== null && 'then' in body && typeof body.then === 'function') {
    throw new Error('the body is a promise: await it.');
  }
  if (!isPlain(body)) throw new Error(`the body is ${article(kindOf(body))}, which is not JSON.`);
  let text: string | undefined;
  try {
    text = writeBody(body, type);
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw new Error(`the body is not JSON: ${reason}.`);
  }
  if (text === undefined) throw new Error('the body is not JSON.');
  return text;
}
