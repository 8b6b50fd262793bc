import type { Static, TObject, TSchema } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { Errors, type ValueError } from '@sinclair/typebox/errors';
import { Check } from '@sinclair/typebox/value';
import { describeKind, describeSchema } from '../text/schema-words.ts';
import { BadRequestError } from './errors.ts';

/**
 * The body of an operation: the published schema, with its name in the OpenAPI document as `$id`, and a function that
 * reads the body.
 */
export interface BodyType<T> {
  readonly schema: TSchema;
  /** @throws {BadRequestError} naming every missing field, or the first invalid one. */
  read(body: unknown): T;
}

/**
 * A body of which only the schema's fields count: clients send whole objects back, so that unknown and read-only fields
 * are ignored, and `null` means "not given", unless the schema has `noNull: true`: then `null` is an invalid value.
 *
 * @param convert makes the argument of the rules from the checked fields.
 */
export function bodyType<S extends TObject, T>(schema: S, convert: (fields: Static<S>) => T): BodyType<T> {
  return { schema, read: (body) => convert(readFields(schema, body, 'The body', '')) };
}

/**
 * A body that is a list of such objects, of 1,000 at most.
 *
 * @param $id the name of the list's schema.
 * @param convert makes the argument of the rules from the checked fields of one object.
 */
export function listBodyType<S extends TObject, T>(
  $id: string,
  schema: S,
  convert: (fields: Static<S>) => T,
): BodyType<T[]> {
  return {
    schema: Type.Array(schema, { $id, maxItems: maxListed }),
    read: (body) => {
      if (!Array.isArray(body)) throw new BadRequestError(`The body must be a JSON list, not ${describeKind(body)}.`);
      if (body.length > maxListed) throw new BadRequestError(`The body must be a list of ${maxListed} at most.`);
      return body.map((item, index) => convert(readFields(schema, item, `Item [${index}]`, `[${index}].`)));
    },
  };
}

const maxListed = 1000;

/**
 * @param what to call the object in a message.
 * @param place the text before the names of its fields there.
 */
function readFields<S extends TObject>(schema: S, body: unknown, what: string, place: string): Static<S> {
  const fields = pick(body, schema.properties, what, schema.noNull === true);
  const missing = (schema.required ?? []).filter((name: string) => isBlank(fields[name]));
  if (missing.length > 0) {
    const plural = missing.length > 1 ? 's' : '';
    const names = missing.map((name) => place + name);
    throw new BadRequestError(`Missing required field${plural}: ${names.join(', ')}.`);
  }
  // Not the whole schema, which has many more fields than most bodies.
  for (const name in fields) {
    const field = schema.properties[name];
    if (field !== undefined && !Check(field, fields[name])) throw invalid(schema, fields, place);
  }
  return fields;
}

function pick(
  body: unknown,
  properties: TObject['properties'],
  what: string,
  takesNull: boolean,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  // A literal null counts as no body (row `body-null`).
  if (body === undefined || body === null) return fields;
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new BadRequestError(`${what} must be a JSON object, not ${describeKind(body)}.`);
  }
  for (const name in properties) {
    const value: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
    if (value === undefined || (value === null && !takesNull)) continue;
    fields[name] = typeof value === 'bigint' && takesText(properties[name]) ? String(value) : value;
  }
  return fields;
}

/** Whether a number is kept as text: then it can have any size. */
function takesText(schema: TSchema | undefined): boolean {
  return schema?.anyOf?.some(({ type }: TSchema) => type === 'string') ?? false;
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

function invalid(schema: TSchema, fields: Record<string, unknown>, place: string): BadRequestError {
  const issue = Errors(schema, fields).First();
  if (issue === undefined) return new BadRequestError('The body cannot be used.');
  const field = issue.path
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  return new BadRequestError(`Field '${place}${field}' must be ${describeSchema(issue.schema)}${found(issue)}.`);
}

/** The kind of the value, unless it is the expected one: a text that is not an email is still a text. */
function found({ schema, value }: ValueError): string {
  if (value === undefined) return ', and is missing';
  const isTextual = schema.type === 'string' || schema.anyOf !== undefined;
  if (typeof value === 'string' && isTextual) return '';
  // JSON can write numbers that are too large for one.
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return ' that is not infinite';
  if (typeof value === 'bigint') return `, not ${value}, which is too large a number`;
  return `, not ${typeof value === 'number' && schema.type === 'integer' ? value : describeKind(value)}`;
}
