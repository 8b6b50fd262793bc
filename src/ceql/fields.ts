/**
 * A field of a record `R` that a query can compare. `read` returns `undefined` for an unset field.
 *
 * - `date`: `read` returns epoch milliseconds.
 * - `words`: a text that also equals each single word of it, in any case of letters
 *   (seed 002: `where=name='greg'` finds users "containing the name").
 */
export type Field<R> =
  | { readonly type: 'number' | 'date'; read(record: R): number | undefined }
  | { readonly type: 'text' | 'words'; read(record: R): string | undefined }
  | { readonly type: 'boolean'; read(record: R): boolean | undefined };

/** The fields that can be searched, by name, in the order in which an error lists them. */
export type SearchFields<R> = ReadonlyMap<string, Field<R>>;
