/** Changes are merged into a new base once there are more of them than this part of it. */
const largestPart = 1 / 8;

/**
 * A map that is forked at no cost that grows with it: neither the fork nor the first write after
 * it copies more than what was changed since the last merge.
 *
 * Its forks share one base, which nobody changes any more, and each has its own changes above it.
 * What was changed is shared, too, until one of the two writes. There are never more than these two
 * layers: a fork whose changes have grown beyond a part of the base makes a new base of both, which
 * costs each of the changes a few steps.
 *
 * The order is that of a Map: a value that is replaced keeps its place, and one that was deleted and
 * comes again is the last.
 */
export class ForkMap<K, V extends NonNullable<unknown>> {
  #base: ReadonlyMap<K, V> = new Map();
  /** What keys of the base have become; `undefined` when they were deleted. */
  #replaced = new Map<K, V | undefined>();
  /** What came after the base, also under a key of it that had been deleted. */
  #added = new Map<K, V>();
  /** How many keys of the base were deleted; they may have come again. */
  #deleted = 0;
  /** Whether a fork may have the same changes. */
  #isShared = false;

  /** Another map that begins as this one; neither sees what the other changes. */
  fork(): ForkMap<K, V> {
    this.#merge();
    this.#isShared = true;
    const fork = new ForkMap<K, V>();
    fork.#isShared = true;
    fork.#base = this.#base;
    fork.#replaced = this.#replaced;
    fork.#added = this.#added;
    fork.#deleted = this.#deleted;
    return fork;
  }

  get size(): number {
    return this.#base.size - this.#deleted + this.#added.size;
  }

  get(key: K): V | undefined {
    const added = this.#added.get(key);
    if (added !== undefined || this.#base.size === 0) return added;
    return this.#replaced.has(key) ? this.#replaced.get(key) : this.#base.get(key);
  }

  set(key: K, value: V): void {
    this.#own();
    if (this.#isOfBase(key)) this.#replaced.set(key, value);
    else this.#added.set(key, value);
  }

  delete(key: K): void {
    this.#own();
    if (this.#isOfBase(key)) {
      this.#replaced.set(key, undefined);
      this.#deleted += 1;
    } else this.#added.delete(key);
  }

  /** In the order in which the keys came. */
  *values(): Generator<V, undefined> {
    for (const [, value] of this.#entries()) yield value;
    return undefined;
  }

  *#entries(): Generator<readonly [K, V], undefined> {
    for (const entry of this.#base) {
      const [key] = entry;
      if (!this.#replaced.has(key)) {
        yield entry;
        continue;
      }
      const value = this.#replaced.get(key);
      if (value !== undefined) yield [key, value];
    }
    yield* this.#added;
    return undefined;
  }

  /** Whether a key has been there since the base was made. */
  #isOfBase(key: K): boolean {
    if (this.#base.size === 0) return false;
    return this.#replaced.has(key) ? this.#replaced.get(key) !== undefined : this.#base.has(key);
  }

  /** Makes sure that the changes are this map's alone. */
  #own(): void {
    if (!this.#isShared) return;
    this.#replaced = new Map(this.#replaced);
    this.#added = new Map(this.#added);
    this.#isShared = false;
  }

  #merge(): void {
    if (this.#added.size + this.#replaced.size <= this.#base.size * largestPart) return;
    // Filled for the first time: what came is the base, and no copy is needed.
    this.#base = this.#base.size === 0 ? this.#added : new Map(this.#entries());
    this.#replaced = new Map();
    this.#added = new Map();
    this.#deleted = 0;
  }
}
