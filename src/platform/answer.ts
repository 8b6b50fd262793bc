import type { Static, TObject, TSchema } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import type { List } from './lists.ts';
import type { Body, NamedField, View } from './view.ts';

/** The body with status 200: one object, a list, or nothing. */
export type Reply = { readonly body: Body } | { readonly list: List } | { readonly empty: true };

/**
 * The answer of an operation with status 200, made from the value that its handler returns.
 *
 * Schemas are made on demand: calls do not need them. Each has its name in the OpenAPI document as `$id`.
 */
export interface AnswerType<T> {
  readonly kind: 'object' | 'list' | 'empty';
  /** Of the body; `undefined` for an empty one. */
  schema(): TSchema | undefined;
  /** The fields of a list that `where` can search. */
  searched?(): readonly string[];
  reply(value: T): Reply;
}

export const closed = { additionalProperties: false } as const;

/** The day of an instant, as every date of the platform is written. */
export const Day = (description?: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', ...(description === undefined ? {} : { description }) });

/** For an operation that answers nothing. */
export const empty: AnswerType<void> = {
  kind: 'empty',
  schema: () => undefined,
  reply: () => ({ empty: true }),
};

/**
 * For an operation that answers an object.
 *
 * @param show makes the body from the value that the handler returns.
 */
export function object<S extends TObject, T>(schema: () => S, show: (value: T) => Static<S>): AnswerType<T> {
  return { kind: 'object', schema, reply: (value) => ({ body: show(value) }) };
}

/** The name and the description of a schema in the OpenAPI document. */
export interface SchemaName {
  readonly $id: string;
  readonly description?: string;
}

/** For an operation that answers a record as a view shows it. */
export function shown<R>(view: View<R>, name: SchemaName): AnswerType<R> {
  return object(() => viewSchema(view, name), view.show);
}

/** For an operation that answers a page of records. @param name of the schema of one record. */
export function listOf<R>(view: View<R>, name: SchemaName): AnswerType<List> {
  return {
    kind: 'list',
    schema: () => Type.Array(viewSchema(view, name)),
    searched: () => [...view.searchFields.keys()],
    reply: (list) => ({ list }),
  };
}

/** The schema of a view. @param changes replace the schemas of some of its fields. */
export function viewSchema<R>(
  { fields }: View<R>,
  name: SchemaName,
  changes: Readonly<Record<string, TSchema>> = {},
): TObject {
  const properties = fields.map((field) => {
    const schema = changes[field.name] ?? fieldSchema(field);
    return [field.name, field.optional ? Type.Optional(schema) : schema];
  });
  return Type.Object(Object.fromEntries(properties), { ...closed, ...name });
}

function fieldSchema({ type, description, schema }: NamedField): TSchema {
  if (schema !== undefined) return { ...schema(), description };
  switch (type) {
    case 'number':
      return Type.Integer({ description });
    case 'boolean':
      return Type.Boolean({ description });
    case 'date':
      return Day(description);
    case 'opaque':
      return Type.Unknown({ description });
    default:
      return Type.String({ description });
  }
}
