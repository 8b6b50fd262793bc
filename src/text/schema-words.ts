import type { TSchema } from '@sinclair/typebox';

/** The values that a schema expects, for messages: its title if it has one. */
export function describeSchema(schema: TSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return `one of ${schema.anyOf.map(describeSchema).join(', ')}`;
  switch (schema.type) {
    case 'integer':
      if (schema.minimum === undefined) return 'a whole number';
      // A message does not need a bound that is never reached.
      return `a whole number from ${schema.minimum} ${(schema.maximum ?? 1e15) >= 1e15 ? 'up' : `to ${schema.maximum}`}`;
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      if (schema.maxItems !== undefined) return `a list of at most ${schema.maxItems}`;
      return schema.minItems === undefined ? 'a list' : `a list of at least ${schema.minItems}`;
    case 'object':
      return 'an object';
    default:
      return 'a text';
  }
}

/** The kind of a JSON value, for messages that must not repeat the value. */
export function describeKind(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'a text';
    case 'boolean':
      return String(value);
    default:
      return 'a number';
  }
}
