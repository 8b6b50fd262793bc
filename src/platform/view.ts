import type { TSchema } from '@sinclair/typebox';
import type { Field, SearchFields } from '../ceql/index.ts';
import { formatDay, startOfDay } from '../state/dates.ts';

/** A field that is shown and cannot be searched. */
interface OpaqueField<R> {
  readonly type: 'opaque';
  read(record: R): unknown;
}

/** The description of a field in the OpenAPI document. */
interface FieldDescription {
  readonly description: string;
  /** Whether the field of a record can be unset. */
  readonly optional?: true;
  /** Default: the schema of the field's type. */
  readonly schema?: () => TSchema;
}

/** A field of a record in answers. */
export type ShownField<R> = (Field<R> | OpaqueField<R>) & FieldDescription;

/** The JSON object of an answer, without unset fields and without `null`. */
export type Body = Readonly<Record<string, unknown>>;

/** A shown field without its record. */
export interface NamedField extends FieldDescription {
  readonly name: string;
  readonly type: ShownField<never>['type'];
}

/** The fields of a record that an operation shows, and those that its `where` can search. */
export interface View<R> {
  readonly searchFields: SearchFields<R>;
  /** The fields that it shows, in this order. */
  readonly fields: readonly NamedField[];
  readonly show: (record: R) => Body;
}

/**
 * Makes a view that shows the named fields in this order.
 *
 * @param aliases fields that can be searched but are not shown.
 */
export function viewOf<R extends object, N extends string>(
  fields: Readonly<Record<N, ShownField<R>>>,
  names: readonly NoInfer<N>[],
  aliases: Readonly<Record<string, Field<R>>> = {},
): View<R> {
  const shown = names.map((name): [N, ShownField<R>] => [name, fields[name]]);
  const searchable = shown.flatMap(([name, field]): [string, Field<R>][] =>
    field.type === 'opaque' ? [] : [[name, field]],
  );
  const readers = shown.map(([name, field]) => {
    return { name, read: field.type === 'date' ? dayReader(field.read) : field.read };
  });
  // Made when it is first needed, because a suite uses few of the views.
  let show: View<R>['show'] | undefined;
  return {
    searchFields: new Map([...searchable, ...Object.entries(aliases)]),
    fields: shown.map(([name, field]) => ({ name, ...field })),
    show: (record) => {
      show ??= showing(readers);
      return show(record);
    },
  };
}

interface FieldReader<R> {
  readonly name: string;
  read(record: R): unknown;
}

/**
 * Makes the function that shows these fields of a record. Its code names each field, because storing a value by a computed
 * name takes several times as long: a list of 200 takes a fifth less.
 */
function showing<R>(fields: readonly FieldReader<R>[]): (record: R) => Body {
  const reads = fields.map((_, index) => `read${index}`);
  const stores = fields.map(({ name }, index) => {
    return `value = read${index}(record); if (value !== undefined) body[${JSON.stringify(name)}] = value;`;
  });
  const code = `return (record) => { const body = {}; let value; ${stores.join(' ')} return body; }`;
  try {
    return new Function(...reads, code)(...fields.map(({ read }) => read));
  } catch {
    // Node allows no code from texts with --disallow-code-generation-from-strings.
    return (record) => showEach(fields, record);
  }
}

function showEach<R>(fields: readonly FieldReader<R>[], record: R): Body {
  const shown = fields.map(({ name, read }): [string, unknown] => [name, read(record)]);
  return Object.fromEntries(shown.filter(([, value]) => value !== undefined));
}

/**
 * Reads a date as its day. Most records of a list have the same day, whose text is made once: a list of 200 takes a fifth
 * less.
 */
function dayReader<R>(read: (record: R) => unknown): (record: R) => string | undefined {
  let day = Number.NaN;
  let text = '';
  return (record) => {
    const instant = read(record);
    if (instant === undefined) return undefined;
    const start = startOfDay(Number(instant));
    if (start !== day) {
      day = start;
      text = formatDay(day);
    }
    return text;
  };
}
