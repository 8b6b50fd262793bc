import type { TSchema } from '@sinclair/typebox';
import { describeKind, describeSchema } from './schema-words.ts';
import { suggest } from './suggest.ts';

/** An issue that a schema found in a value. */
export interface FieldIssue {
  /** A JSON pointer. */
  readonly path: string;
  readonly value: unknown;
  readonly schema: TSchema;
}

/**
 * Describes the issue of a field.
 *
 * @param names the known fields, of which one is suggested for an unknown one.
 * @param valuesOf the known values of a field, of which one is suggested.
 */
export function describeFieldIssue(
  { path, value, schema }: FieldIssue,
  names: readonly string[],
  valuesOf: Readonly<Record<string, readonly string[]>> = {},
): string {
  const field = path.slice(1);
  if (field === '') return `expected an object, not ${describeKind(value)}.`;
  if (!names.includes(field.split('/')[0] ?? '')) {
    const suggestion = suggest(field, names);
    return `unknown field '${field}'${suggestion === undefined ? `, expected one of ${names.join(', ')}.` : `: did you mean '${suggestion}'?`}`;
  }
  const values = valuesOf[field];
  const suggestion = values !== undefined && typeof value === 'string' ? suggest(value, values) : undefined;
  const hint = suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`;
  return `field '${field}' must be ${describeSchema(schema)}, not ${JSON.stringify(value)}.${hint}`;
}
