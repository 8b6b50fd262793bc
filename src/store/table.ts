import { GroupIndex, SecretIndex, TextIndex, type UniqueIndex } from './indexes.ts';

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
type Key<R, T = string | number> = (record: R) => T | undefined;

/** The indexes of a table, by name. */
export interface Keys<R, U extends string, G extends string> {
  /** No two records may have the same key. */
  readonly unique: Readonly<Record<U, Key<R, string>>>;
  /** Those of them that are secrets. */
  readonly secrets?: readonly U[];
  readonly groups: Readonly<Record<G, Key<R>>>;
}

/** What a table holds; forks share it until one of them changes. */
class Contents<R> {
  readonly records = new Map<number, R>();
  readonly unique = new Map<string, UniqueIndex>();
  readonly groups = new Map<string, GroupIndex<string | number>>();

  copy(): Contents<R> {
    const copy = new Contents<R>();
    for (const [id, record] of this.records) copy.records.set(id, record);
    for (const [name, index] of this.unique) copy.unique.set(name, index.copy());
    for (const [name, index] of this.groups) copy.groups.set(name, index.copy());
    return copy;
  }
}

/**
 * Records by id with their indexes. It keeps the constraints and the indexes true whatever is
 * put or removed, and hands out frozen records only.
 */
export class Table<R extends { readonly id: number }, U extends string, G extends string> {
  readonly #keys: Keys<R, U, G>;
  #contents: Contents<R>;
  /** Told of every change, with how to take it back. */
  onReplace: ((undo: () => void) => void) | undefined;
  /** Whether a fork may see the same contents. */
  #shared = false;

  /** @param fork another table, whose contents this one begins with. */
  constructor(keys: Keys<R, U, G>, fork?: Table<R, U, G>) {
    this.#keys = keys;
    if (fork === undefined) {
      this.#contents = new Contents();
      for (const name in keys.unique) {
        const isSecret = keys.secrets?.includes(name) ?? false;
        this.#contents.unique.set(name, isSecret ? new SecretIndex() : new TextIndex());
      }
      for (const name in keys.groups) this.#contents.groups.set(name, new GroupIndex());
    } else {
      // Costs nothing: whichever of the two changes first makes a copy.
      this.#contents = fork.#contents;
      this.#shared = true;
      fork.#shared = true;
    }
  }

  get size(): number {
    return this.#contents.records.size;
  }

  get(id: number): R | undefined {
    return this.#contents.records.get(id);
  }

  values(): IterableIterator<R> {
    return this.#contents.records.values();
  }

  /** The record that has this value under a unique index. */
  find(name: U, key: string): R | undefined {
    const id = this.#contents.unique.get(name)?.get(key);
    return id === undefined ? undefined : this.get(id);
  }

  /** The ids, ascending, of the records with this value under a group index. */
  group(name: G, key: string | number): readonly number[] {
    return this.#contents.groups.get(name)?.get(key) ?? [];
  }

  /**
   * Adds a record, or replaces the one with its id.
   *
   * @throws {UniqueError} when another record has one of its unique values; nothing is changed.
   */
  put(record: R): void {
    const old = this.get(record.id);
    for (const [name, index] of this.#contents.unique) {
      const value = this.#uniqueKey(name, record);
      if (value === undefined || (old !== undefined && value === this.#uniqueKey(name, old))) continue;
      const holder = index.get(value);
      if (holder !== undefined && holder !== record.id) throw new UniqueError(name, holder);
    }
    for (const value of Object.values(record)) Object.freeze(value);
    this.#replace(record.id, Object.freeze(record));
  }

  remove(id: number): void {
    if (this.get(id) !== undefined) this.#replace(id, undefined);
  }

  #replace(id: number, record: R | undefined): void {
    const { records, unique, groups } = this.#own();
    const old = records.get(id);
    this.onReplace?.(() => this.#replace(id, old));
    if (record === undefined) records.delete(id);
    else records.set(id, record);
    for (const [name, index] of unique) {
      const before = old && this.#uniqueKey(name, old);
      const after = record && this.#uniqueKey(name, record);
      if (before === after) continue;
      if (before !== undefined) index.delete(before);
      if (after !== undefined) index.set(after, id);
    }
    for (const [name, index] of groups) {
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

  /** The contents, which from here on are this table's alone. */
  #own(): Contents<R> {
    if (this.#shared) {
      this.#contents = this.#contents.copy();
      this.#shared = false;
    }
    return this.#contents;
  }
}
