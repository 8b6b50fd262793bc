import { ForkMap } from './fork-map.ts';
import { GroupIndex } from './indexes.ts';

/** A record has a unique value that another record already has. */
export class UniqueError extends Error {
  override readonly name = 'UniqueError';
  /** The field that must be unique. */
  readonly constraint: string;
  /** The id of the record that already has the value. */
  readonly holder: number;

  constructor(constraint: string, holder: number) {
    super(`${constraint} is taken by ${holder}`);
    this.constraint = constraint;
    this.holder = holder;
  }
}

/** Derives the key of a record in an index; the index leaves out a record without one. */
type Key<R, T = string | number> = (record: R) => T | undefined;

/** The indexes of a table, by name. */
export interface Keys<R, U extends string, G extends string> {
  /** No two records can have the same key. */
  readonly unique: Readonly<Record<U, Key<R, string>>>;
  readonly groups: Readonly<Record<G, Key<R>>>;
}

/** The addition, removal or replacement of a record. */
export interface Replacement<R> {
  readonly id: number;
  readonly before: R | undefined;
  readonly after: R | undefined;
  undo(): void;
}

/**
 * Records by id, with their indexes. It enforces the unique values, keeps the indexes up to date and returns frozen
 * records only.
 */
export class Table<R extends { readonly id: number }, U extends string, G extends string> {
  readonly #keys: Keys<R, U, G>;
  readonly #records: ForkMap<number, R>;
  readonly #unique = new Map<string, ForkMap<string, number>>();
  readonly #groups = new Map<string, GroupIndex<string | number>>();
  /** Called on every change, before it is made. */
  onReplace: ((change: Replacement<R>) => void) | undefined;

  /** @param origin the table to begin as; neither sees later changes of the other. */
  constructor(keys: Keys<R, U, G>, origin?: Table<R, U, G>) {
    this.#keys = keys;
    if (origin !== undefined) {
      this.#records = origin.#records.fork();
      for (const [name, index] of origin.#unique) this.#unique.set(name, index.fork());
      for (const [name, index] of origin.#groups) this.#groups.set(name, index.fork());
      return;
    }
    this.#records = new ForkMap();
    for (const name in keys.unique) this.#unique.set(name, new ForkMap());
    for (const name in keys.groups) this.#groups.set(name, new GroupIndex());
  }

  get(id: number): R | undefined {
    return this.#records.get(id);
  }

  /** All records, in the order in which their ids were first added. */
  values(): IterableIterator<R> {
    return this.#records.values();
  }

  /** The record with this value in a unique index. */
  find(name: U, key: string): R | undefined {
    const id = this.#unique.get(name)?.get(key);
    return id === undefined ? undefined : this.get(id);
  }

  /** The ids, ascending, of the records with this value in a group index. */
  group(name: G, key: string | number): readonly number[] {
    return this.#groups.get(name)?.get(key) ?? [];
  }

  /**
   * Adds a record, or replaces the one with its id.
   *
   * @throws {UniqueError} when another record has one of its unique values; the table stays unchanged.
   */
  put(record: R): void {
    const old = this.get(record.id);
    for (const [name, index] of this.#unique) {
      const value = this.#uniqueKey(name, record);
      if (value === undefined || (old !== undefined && value === this.#uniqueKey(name, old))) continue;
      const holder = index.get(value);
      if (holder !== undefined && holder !== record.id) throw new UniqueError(name, holder);
    }
    for (const name in record) if (typeof record[name] === 'object') Object.freeze(record[name]);
    this.#replace(record.id, Object.freeze(record), old);
  }

  remove(id: number): void {
    const old = this.get(id);
    if (old !== undefined) this.#replace(id, undefined, old);
  }

  #replace(id: number, record: R | undefined, old: R | undefined): void {
    const undo = () => this.#replace(id, old, this.get(id));
    this.onReplace?.({ id, before: old, after: record, undo });
    if (record === undefined) this.#records.delete(id);
    else this.#records.set(id, record);
    for (const [name, index] of this.#unique) {
      const before = old && this.#uniqueKey(name, old);
      const after = record && this.#uniqueKey(name, record);
      if (before === after) continue;
      if (before !== undefined) index.delete(before);
      if (after !== undefined) index.set(after, id);
    }
    for (const [name, index] of this.#groups) {
      const before = old && this.#groupKey(name, old);
      const after = record && this.#groupKey(name, record);
      if (before === after) continue;
      if (before !== undefined) index.remove(before, id);
      if (after !== undefined) index.add(after, id);
    }
  }

  #uniqueKey(name: string, record: R): string | undefined {
    const keys: Readonly<Record<string, Key<R, string>>> = this.#keys.unique;
    return keys[name]?.(record);
  }

  #groupKey(name: string, record: R): string | number | undefined {
    const keys: Readonly<Record<string, Key<R>>> = this.#keys.groups;
    return keys[name]?.(record);
  }
}
