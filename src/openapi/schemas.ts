import type { TSchema } from '@sinclair/typebox';
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import type { Sources } from './sources.ts';

/** The pattern of every date of the platform, for which OpenAPI has a format. */
const dayPattern = '^\\d{4}-\\d{2}-\\d{2}$';

/** The envelope of every error (row `error-envelope`). */
const errorResponse: Source = {
  $id: 'ErrorResponse',
  type: 'object',
  description: 'Every answer with another status than 200.',
  required: ['requestId', 'message'],
  properties: {
    requestId: {
      type: 'string',
      pattern: '^[0-9a-f]{24}$',
      description: 'The id of the request, as in `Elements-Request-Id`.',
    },
    message: { type: 'string', description: 'What is wrong, and with which input.' },
  },
};

/**
 * Requests may have fields that a schema does not name, and `null` for optional ones. Answers have no other fields, and
 * the document leaves that open, so that generated clients accept the fields of a later version.
 */
type Direction = 'request' | 'answer';

/** The schemas of the document. */
export interface Schemas {
  /** Its components, which refer to each other. */
  readonly components: Record<string, SchemaObject>;
  /** A schema of the table of operations, with references to components. */
  reference(schema: TSchema, direction: Direction): SchemaObject | ReferenceObject;
}

/** The used part of a schema. */
interface Source {
  /** Makes it a component of that name. */
  readonly $id?: string;
  readonly type?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Source>>;
  readonly required?: readonly string[];
  readonly items?: Source;
  readonly anyOf?: readonly Source[];
  /** See `bodyType`. */
  readonly noNull?: boolean;
}

/** Collects the components: every schema with an `$id` in the bodies and answers of operations. */
export function collectSchemas({ resources }: Sources): Schemas {
  const components: Record<string, SchemaObject> = {};
  const add = (schema: Source, direction: Direction): void => {
    for (const part of [schema, ...partsOf(schema)]) {
      if (part.$id !== undefined) components[part.$id] ??= write(part, direction);
    }
  };
  for (const { answer, body } of resources.flatMap(({ operations }) => operations)) {
    const answered = answer.schema();
    if (answered !== undefined) add(plain(answered), 'answer');
    if (body !== undefined) add(plain(body.schema), 'request');
  }
  add(errorResponse, 'answer');
  return { components, reference: (schema, direction) => refer(plain(schema), direction) };
}

/** As JSON, without the symbols of TypeBox. */
function plain(schema: unknown): Source {
  return JSON.parse(JSON.stringify(schema));
}

/** All schemas within a schema. */
function partsOf({ properties = {}, items, anyOf = [] }: Source): Source[] {
  const own = [...Object.values(properties), ...anyOf, ...(items === undefined ? [] : [items])];
  return own.flatMap((part) => [part, ...partsOf(part)]);
}

/** A reference to a component, or the schema itself. */
function refer(schema: Source, direction: Direction): SchemaObject | ReferenceObject {
  return schema.$id === undefined ? write(schema, direction) : { $ref: `#/components/schemas/${schema.$id}` };
}

function write(schema: Source, direction: Direction): SchemaObject {
  // The title is for messages about invalid values; tools would make it the name of a type.
  const { $id: _id, properties, items, anyOf, noNull = false, ...rest } = schema;
  const { title: _title, additionalProperties: _closed, ...own }: SchemaObject = { ...rest } as SchemaObject;
  if (anyOf !== undefined) {
    const texts = anyOf.map((choice) => choice.const).filter((text) => typeof text === 'string');
    if (texts.length === anyOf.length) return { ...own, type: 'string', enum: texts };
    return { ...own, anyOf: anyOf.map((choice) => refer(choice, direction)) };
  }
  if (items !== undefined) return { ...own, items: refer(items, direction) };
  if (properties === undefined) return own.pattern === dayPattern ? { ...own, format: 'date' } : own;
  const required = new Set(schema.required);
  const fields = Object.entries(properties).map(([name, field]) => {
    const written = writeField(name, field, direction);
    return [name, direction === 'request' && !required.has(name) && !noNull ? nullable(written) : written];
  });
  return {
    ...own,
    properties: Object.fromEntries(fields),
    ...(direction === 'request' ? { additionalProperties: true } : {}),
  };
}

function writeField(name: string, field: Source, direction: Direction): SchemaObject | ReferenceObject {
  const written = refer(field, direction);
  if ('$ref' in written)
    return field.description === undefined ? written : { ...written, description: field.description };
  const format = formatOf(name, written);
  return format === undefined ? written : { ...written, format };
}

/** The keywords of which tools make a narrower type: ids can be longer than 32 bits. */
function formatOf(name: string, { type, const: fixed }: SchemaObject): string | undefined {
  if (type === 'integer' && /^id$|Id$/.test(name)) return 'int64';
  return name === 'password' && type === 'string' && fixed === undefined ? 'password' : undefined;
}

/** `null` counts as "not given" (row `null-is-not-given`). */
function nullable(schema: SchemaObject | ReferenceObject): SchemaObject {
  if ('$ref' in schema) return { anyOf: [schema, { type: 'null' }] };
  const { type, anyOf, enum: choices } = schema;
  if (anyOf !== undefined) return { ...schema, anyOf: [...anyOf, { type: 'null' }] };
  if (typeof type !== 'string') return schema;
  return { ...schema, type: [type, 'null'], ...(choices === undefined ? {} : { enum: [...choices, null] }) };
}
