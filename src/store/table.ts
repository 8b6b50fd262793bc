import { GroupIndex } from './indexes.ts';

/** A value that two records may not share was given twice. */
export class UniqueError extends Error {
  override readonly name = 'UniqueError';
  /** The name of the constraint: the field that must be unique. */
  readonly constraint: string;
  /** The id of the record that has the value. */
  readonly holder: number;

  constructor(constraint: string, holder: number) {
    super(`${constraint} is taken by ${holder}`);
    this.constraint = constraint;
    this.holder = holder;
  }
}

/** A key of a record under one index; `undefined` keeps the record out of that index. */
type Key<R> = (record: R) => string | number | undefined;

/**
 * Records by id with their indexes. It keeps the constraints and the indexes true whatever is
 * put or removed, and hands out frozen records only.
 */
export class Table<R extends { readonly id: number }, U extends string, G extends string> {
  readonly #records = new Map<number, R>();
  readonly #unique: [U, Key<R>, Map<string | number, number>][];
  readonly #groups: [G, Key<R>, GroupIndex<string | number>][];

  constructor(unique: Record<U, Key<R>>, groups: Record<G, Key<R>>) {
    this.#unique = entries(unique).map(([name, key]) => [name, key, new Map()]);
    this.#groups = entries(groups).map(([name, key]) => [name, key, new GroupIndex()]);
  }

  get size(): number {
    return this.#records.size;
  }

  get(id: number): R | undefined {
    return this.#records.get(id);
  }

  values(): IterableIterator<R> {
    return this.#records.values();
  }

  /** The record that has this value under a unique index. */
  find(name: U, key: string | number): R | undefined {
    const id = indexNamed(this.#unique, name).get(key);
    return id === undefined ? undefined : this.#records.get(id);
  }

  /** The ids, ascending, of the records with this value under a group index. */
  group(name: G, key: string | number): readonly number[] {
    return indexNamed(this.#groups, name).get(key);
  }

  /**
   * Adds a record, or replaces the one with its id.
   *
   * @throws {UniqueError} when another record has one of its unique values; nothing is changed.
   */
  put(record: R): void {
    for (const [name, key, index] of this.#unique) {
      const value = key(record);
      const holder = value === undefined ? undefined : index.get(value);
      if (holder !== undefined && holder !== record.id) throw new UniqueError(name, holder);
    }
    const old = this.#records.get(record.id);
    for (const value of Object.values(record)) Object.freeze(value);
    this.#records.set(record.id, Object.freeze(record));
    for (const [, key, index] of this.#unique) {
      const [before, after] = [old && key(old), key(record)];
      if (before === after) continue;
      if (before !== undefined) index.delete(before);
      if (after !== undefined) index.set(after, record.id);
    }
    for (const [, key, index] of this.#groups) {
      const [before, after] = [old && key(old), key(record)];
      if (before === after) continue;
      if (before !== undefined) index.remove(before, record.id);
      if (after !== undefined) index.add(after, record.id);
    }
  }

  remove(id: number): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    this.#records.delete(id);
    for (const [, key, index] of this.#unique) {
      const value = key(record);
      if (value !== undefined) index.delete(value);
    }
    for (const [, key, index] of this.#groups) {
      const value = key(record);
      if (value !== undefined) index.remove(value, id);
    }
  }
}

function entries<N extends string, V>(record: Record<N, V>): [N, V][] {
  return Object.entries(record) as [N, V][];
}

function indexNamed<N extends string, I>(indexes: readonly [N, unknown, I][], name: N): I {
  const found = indexes.find(([candidate]) => candidate === name);
  if (found === undefined) throw new Error(`there is no index '${name}'`);
  return found[2];
}
