import type { TSchema } from '@sinclair/typebox';
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import { describeField, formatOf } from './fields.ts';
import type { Sources } from './sources.ts';

/** That of every date of the platform, which tools know by a name. */
const dayPattern = '^\\d{4}-\\d{2}-\\d{2}$';

/** The envelope of every error (spec section 1). */
const error: SchemaObject = {
  type: 'object',
  description: 'Every answer that is no success.',
  required: ['requestId', 'message'],
  properties: {
    requestId: { type: 'string', pattern: '^[0-9a-f]{24}$' },
    message: { type: 'string' },
  },
};

/** Requests may have more than is named, and `null` for what they may leave out; answers are open for what will come. */
type Side = 'request' | 'answer';

/** The schemas of the document. */
export interface Schemas {
  /** Its components, which refer to each other. */
  readonly components: Record<string, SchemaObject>;
  /** A schema of the table of operations, in which components are referred to and not repeated. */
  reference(schema: TSchema, side: Side): SchemaObject | ReferenceObject;
}

/** What is used of a schema as the sources have it. */
interface Source {
  readonly $id?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Source>>;
  readonly required?: readonly string[];
  readonly items?: Source;
  readonly anyOf?: readonly Source[];
  /** See `bodyType`. */
  readonly noNull?: boolean;
}

/**
 * Collects them by the names under which the sources export them, `createdAccount` as
 * `CreatedAccount`, and what is within them by its `$id`.
 */
export function collectSchemas({ answers, bodies }: Sources): Schemas {
  const answered = Object.entries(answers).flatMap(([name, { kind, schema }]) =>
    kind === 'object' ? [{ name, side: 'answer' as const, schema: plain(schema()) }] : [],
  );
  const asked = Object.entries(bodies).map(([name, { schema }]) => {
    return { name, side: 'request' as const, schema: plain(schema) };
  });
  const exported = [...answered, ...asked, { name: 'errorResponse', side: 'answer' as const, schema: plain(error) }];
  const all = exported.flatMap(({ name, side, schema }) => [
    { name: name.charAt(0).toUpperCase() + name.slice(1), side, schema },
    ...partsOf(schema).flatMap((part) => (part.$id === undefined ? [] : [{ name: part.$id, side, schema: part }])),
  ]);
  const names = new Map(all.map(({ name, schema }) => [JSON.stringify(schema), name]));

  const publish = (schema: Source, side: Side): SchemaObject | ReferenceObject => {
    const name = names.get(JSON.stringify(schema));
    return name === undefined ? write(schema, side, '') : { $ref: `#/components/schemas/${name}` };
  };
  const write = (schema: Source, side: Side, owner: string): SchemaObject => {
    // A title is what the emulator says of a wrong value; tools would make names of it.
    const { $id: _id, properties, items, anyOf, noNull = false, ...rest } = schema;
    const { title: _title, additionalProperties: _closed, ...own }: SchemaObject = { ...rest } as SchemaObject;
    if (anyOf !== undefined) {
      const texts = anyOf.map((choice) => choice.const).filter((text) => typeof text === 'string');
      if (texts.length === anyOf.length) return { ...own, type: 'string', enum: texts };
      return { ...own, anyOf: anyOf.map((choice) => publish(choice, side)) };
    }
    if (items !== undefined) return { ...own, items: publish(items, side) };
    if (properties === undefined) return own.pattern === dayPattern ? { ...own, format: 'date' } : own;
    const required = new Set(schema.required);
    const fields = Object.entries(properties).map(([name, field]) => {
      const described = describe(publish(field, side), owner, name);
      return [name, side === 'request' && !required.has(name) && !noNull ? nullable(described) : described];
    });
    return {
      ...own,
      properties: Object.fromEntries(fields),
      ...(side === 'request' ? { additionalProperties: true } : {}),
    };
  };

  return {
    components: Object.fromEntries(
      all.map(({ name, side, schema }) => {
        const description = describeField('', name);
        return [name, { ...(description === undefined ? {} : { description }), ...write(schema, side, name) }];
      }),
    ),
    reference: (schema, side) => publish(plain(schema), side),
  };
}

/** As JSON, without what the sources' own library needs. */
function plain(schema: unknown): Source {
  return JSON.parse(JSON.stringify(schema));
}

/** Everything within a schema. */
function partsOf({ properties = {}, items, anyOf = [] }: Source): Source[] {
  const own = [...Object.values(properties), ...anyOf, ...(items === undefined ? [] : [items])];
  return own.flatMap((part) => [part, ...partsOf(part)]);
}

function describe(schema: SchemaObject | ReferenceObject, owner: string, name: string): SchemaObject | ReferenceObject {
  const description = describeField(owner, name);
  const format = '$ref' in schema ? undefined : formatOf(name, schema);
  return {
    ...schema,
    ...(description === undefined ? {} : { description }),
    ...(format === undefined ? {} : { format }),
  };
}

/** `null` stands for what is not given (spec section 1). */
function nullable(schema: SchemaObject | ReferenceObject): SchemaObject {
  if ('$ref' in schema) return { anyOf: [schema, { type: 'null' }] };
  const { type, anyOf, enum: choices } = schema;
  if (anyOf !== undefined) return { ...schema, anyOf: [...anyOf, { type: 'null' }] };
  if (typeof type !== 'string') return schema;
  return { ...schema, type: [type, 'null'], ...(choices === undefined ? {} : { enum: [...choices, null] }) };
}
