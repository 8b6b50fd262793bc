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
