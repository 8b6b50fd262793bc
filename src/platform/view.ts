import type { Field, SearchFields } from '../ceql/index.ts';

/** A field that is shown and never searched. */
interface OpaqueField<R> {
  readonly type: 'opaque';
  read(record: R): unknown;
}

/** `optional`: a record can have none. */
export type ShownField<R> = (Field<R> | OpaqueField<R>) & { readonly optional?: true };

/** A JSON object as it goes out; unset fields are left out, `null` never appears. */
export type Body = Readonly<Record<string, unknown>>;

/** A field as far as it can be told without a record. */
export interface ShownName {
  readonly name: string;
  readonly type: ShownField<never>['type'];
  readonly isOptional: boolean;
}

/** What one call shows of a record, and what its `where` may ask. */
export interface View<R> {
  readonly searchFields: SearchFields<R>;
  /** What it shows, in that order. */
  readonly fields: readonly ShownName[];
  readonly show: (record: R) => Body;
  /** The same as JSON in UTF-8, which is kept as long as the record is. */
  readonly write: (record: R) => Buffer;
}

const dayLength = 86_400_000;
/** The days that were asked for last, of which there are few at a time. */
const days = new Map<number, string>();
const maxDays = 1000;

/** The day of an instant (UTC), as every date of the platform is written. */
export function formatDay(instant: number): string {
  const number = Math.floor(instant / dayLength);
  const known = days.get(number);
  if (known !== undefined) return known;
  const day = new Date(instant).toISOString().slice(0, 10);
  if (days.size >= maxDays) days.clear();
  days.set(number, day);
  return day;
}

/**
 * A view that shows the named fields in that order.
 *
 * @param aliases names that can be searched and are not shown.
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
  const show = (record: R): Body => {
    const body: Record<string, unknown> = {};
    for (const [name, field] of shown) {
      const value = field.read(record);
      if (value === undefined) continue;
      body[name] = field.type === 'date' ? formatDay(Number(value)) : value;
    }
    return body;
  };
  // Records are frozen: what is written of one stays right.
  const written = new WeakMap<R, Buffer>();
  return {
    searchFields: new Map([...searchable, ...Object.entries(aliases)]),
    fields: shown.map(([name, { type, optional = false }]) => ({ name, type, isOptional: optional })),
    show,
    write: (record) => {
      const kept = written.get(record);
      if (kept !== undefined) return kept;
      const text = Buffer.from(JSON.stringify(show(record)));
      written.set(record, text);
      return text;
    },
  };
}
