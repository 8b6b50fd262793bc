import { ForkMap } from './fork-map.ts';

/** Adds an id to others that ascend; most arrive in that order. */
export function addSorted(ids: number[], id: number): void {
  const last = ids.at(-1);
  if (last === undefined || last < id) {
    ids.push(id);
    return;
  }
  const position = positionOf(id, ids);
  if (ids[position] !== id) ids.splice(position, 0, id);
}

/** Takes an id from others that ascend. */
export function removeSorted(ids: number[], id: number): void {
  const position = positionOf(id, ids);
  if (ids[position] === id) ids.splice(position, 1);
}

/** Where `id` is, or belongs. */
function positionOf(id: number, ids: readonly number[]): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ids, ascending, under a key that many records can share. */
export class GroupIndex<K> {
  readonly #groups: ForkMap<K, number[]>;
  /** The groups that nobody else has, no fork and no caller, and that may be changed in place. */
  #owned = new Set<K>();

  constructor(groups = new ForkMap<K, number[]>()) {
    this.#groups = groups;
  }

  /** Another index that begins as this one; neither sees what the other changes. */
  fork(): GroupIndex<K> {
    this.#owned = new Set();
    return new GroupIndex(this.#groups.fork());
  }

  /** What it hands out stays as it is: whoever walks it may change the records meanwhile. */
  get(key: K): readonly number[] {
    this.#owned.delete(key);
    return this.#groups.get(key) ?? [];
  }

  add(key: K, id: number): void {
    const group = this.#groups.get(key);
    // Most groups have one member: such an array takes no more room than that.
    if (group === undefined) this.#put(key, [id]);
    else addSorted(this.#own(key, group), id);
  }

  remove(key: K, id: number): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    const own = this.#own(key, group);
    removeSorted(own, id);
    if (own.length > 0) return;
    this.#groups.delete(key);
    this.#owned.delete(key);
  }

  #own(key: K, group: number[]): number[] {
    return this.#owned.has(key) ? group : this.#put(key, [...group]);
  }

  #put(key: K, group: number[]): number[] {
    this.#groups.set(key, group);
    this.#owned.add(key);
    return group;
  }
}
