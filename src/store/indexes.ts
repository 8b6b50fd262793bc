import { createHash } from 'node:crypto';

/** Ids in ascending order, of which most arrive in that order. */
export class SortedIds {
  readonly #ids: number[];

  constructor(ascending: readonly number[] = []) {
    this.#ids = [...ascending];
  }

  get ascending(): readonly number[] {
    return this.#ids;
  }

  add(id: number): void {
    const last = this.#ids.at(-1);
    if (last === undefined || last < id) this.#ids.push(id);
    else if (!this.#has(id)) this.#ids.splice(this.#position(id), 0, id);
  }

  remove(id: number): void {
    if (this.#has(id)) this.#ids.splice(this.#position(id), 1);
  }

  #has(id: number): boolean {
    return this.#ids[this.#position(id)] === id;
  }

  /** Where `id` is, or belongs. */
  #position(id: number): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Ids under a key that many records can share. */
export class GroupIndex<K> {
  readonly #groups = new Map<K, SortedIds>();

  copy(): GroupIndex<K> {
    const copy = new GroupIndex<K>();
    for (const [key, group] of this.#groups) copy.#groups.set(key, new SortedIds(group.ascending));
    return copy;
  }

  get(key: K): readonly number[] {
    return this.#groups.get(key)?.ascending ?? [];
  }

  add(key: K, id: number): void {
    const group = this.#groups.get(key) ?? new SortedIds();
    group.add(id);
    this.#groups.set(key, group);
  }

  remove(key: K, id: number): void {
    const group = this.#groups.get(key);
    group?.remove(id);
    if (group?.ascending.length === 0) this.#groups.delete(key);
  }
}

/** One id under a text that no two records share. */
export interface UniqueIndex {
  get(text: string): number | undefined;
  set(text: string, id: number): unknown;
  delete(text: string): unknown;
  copy(): UniqueIndex;
}

export class TextIndex extends Map<string, number> implements UniqueIndex {
  copy(): TextIndex {
    return new TextIndex(this);
  }
}

/**
 * The same for secrets: what is compared are digests, so that how long a search takes tells
 * nothing of how near a guess is.
 */
export class SecretIndex implements UniqueIndex {
  readonly #ids: TextIndex;
  /** How many secrets have each length: most words are no secret by their length alone. */
  readonly #lengths: Map<number, number>;

  constructor(ids = new TextIndex(), lengths: ReadonlyMap<number, number> = new Map()) {
    this.#ids = ids;
    this.#lengths = new Map(lengths);
  }

  copy(): SecretIndex {
    return new SecretIndex(this.#ids.copy(), this.#lengths);
  }

  get(secret: string): number | undefined {
    return this.#lengths.has(secret.length) ? this.#ids.get(digest(secret)) : undefined;
  }

  set(secret: string, id: number): void {
    this.#ids.set(digest(secret), id);
    this.#lengths.set(secret.length, (this.#lengths.get(secret.length) ?? 0) + 1);
  }

  delete(secret: string): void {
    this.#ids.delete(digest(secret));
    const others = (this.#lengths.get(secret.length) ?? 0) - 1;
    if (others > 0) this.#lengths.set(secret.length, others);
    else this.#lengths.delete(secret.length);
  }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
