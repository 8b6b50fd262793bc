import type { TSchema } from '@sinclair/typebox';
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import * as answers from '../api/answers.ts';
import * as bodies from '../api/bodies.ts';

/** The envelope of every error (spec section 1). */
const error: SchemaObject = {
  type: 'object',
  description: 'Every answer that is no success.',
  required: ['requestId', 'message'],
  properties: {
    requestId: { type: 'string', pattern: '^[0-9a-f]{24}$' },
    message: { type: 'string' },
  },
  additionalProperties: false,
};

/** The schemas of the document. */
export interface Schemas {
  /** Its components, which refer to each other. */
  readonly components: Record<string, SchemaObject>;
  /** A schema of the table of operations, in which components are referred to and not repeated. */
  reference(schema: TSchema): SchemaObject | ReferenceObject;
}

/** Collects them by the names under which the sources export them: `createdAccount` is `CreatedAccount`. */
export function collectSchemas(): Schemas {
  const answered = Object.entries(answers).flatMap(([name, { kind, schema }]) =>
    kind === 'object' ? [[name, schema()] as const] : [],
  );
  const asked = Object.entries(bodies).map(([name, { schema }]) => [name, schema] as const);
  const all = [...answered, ...asked, ['error', error] as const].map(([name, schema]) => ({
    name: name.charAt(0).toUpperCase() + name.slice(1),
    text: plain(schema),
  }));
  const names = new Map(all.map(({ name, text }) => [text, name]));

  const shorten = (value: unknown): unknown => {
    const name = names.get(JSON.stringify(value));
    return name === undefined ? value : { $ref: `#/components/schemas/${name}` };
  };
  /** A replacer of JSON.stringify comes from above: what is found within something found does not matter. */
  const refer = (text: string, isComponent: boolean): SchemaObject =>
    JSON.parse(JSON.stringify(JSON.parse(text), (key, value) => (isComponent && key === '' ? value : shorten(value))));

  return {
    components: Object.fromEntries(all.map(({ name, text }) => [name, refer(text, true)])),
    reference: (schema) => refer(plain(schema), false),
  };
}

/** A schema as JSON, with a choice of texts as the list of them. */
function plain(schema: unknown): string {
  return JSON.stringify(schema, (_, value) => {
    const texts = Array.isArray(value?.anyOf) ? value.anyOf.map((choice: { const?: unknown }) => choice.const) : [];
    const isChoice = texts.length > 0 && texts.every((text: unknown) => typeof text === 'string');
    return isChoice ? { type: 'string', enum: texts } : value;
  });
}
