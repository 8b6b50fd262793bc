import type { Static, TObject, TSchema } from '@sinclair/typebox';
import { Errors, type ValueError } from '@sinclair/typebox/errors';
import { Check } from '@sinclair/typebox/value';
import { BadRequestError } from '../platform/errors.ts';
import { describeKind, describeSchema } from '../schema-words.ts';

/** What an operation takes as its body: the schema that is published, and how it is read. */
export interface BodyType<T> {
  readonly schema: TObject;
  /** @throws {BadRequestError} naming every missing field, or the first that cannot be used. */
  read(body: unknown): T;
}

/**
 * A body of which only the schema's fields count: clients send whole objects back, so that
 * unknown and read-only fields are ignored, and `null` means "not given".
 *
 * @param convert makes of the checked fields what the rules take.
 */
export function bodyType<S extends TObject, T>(schema: S, convert: (fields: Static<S>) => T): BodyType<T> {
  const names = Object.keys(schema.properties);
  const required = schema.required ?? [];
  return {
    schema,
    read: (body) => {
      const fields = pick(body, names);
      const missing = required.filter((name: string) => isBlank(fields[name]));
      if (missing.length > 0) {
        const plural = missing.length > 1 ? 's' : '';
        throw new BadRequestError(`Missing required field${plural}: ${missing.join(', ')}.`);
      }
      if (!Check(schema, fields)) throw invalid(schema, fields);
      return convert(fields);
    },
  };
}

function pick(body: unknown, names: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  // "No body" and a literal null are the same (spec section 1).
  if (body === undefined || body === null) return fields;
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new BadRequestError(`The body must be a JSON object, not ${describeKind(body)}.`);
  }
  const given = new Map(Object.entries(body));
  for (const name of names) {
    const value = given.get(name);
    if (value !== undefined && value !== null) fields[name] = value;
  }
  return fields;
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

function invalid(schema: TSchema, fields: Record<string, unknown>): BadRequestError {
  const fault = Errors(schema, fields).First();
  if (fault === undefined) return new BadRequestError('The body cannot be used.');
  const field = fault.path
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  return new BadRequestError(`Field '${field}' must be ${describeSchema(fault.schema)}${found(fault)}.`);
}

/** What was found, where its kind says something: a text that is no email is still a text. */
function found({ schema, value }: ValueError): string {
  if (value === undefined) return ', and is missing';
  if (typeof value === 'string' && schema.type !== 'array' && schema.type !== 'object' && schema.type !== 'boolean')
    return '';
  // JSON can write numbers that are too large for one.
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return ' that is not infinite';
  return `, not ${describeKind(value)}`;
}
