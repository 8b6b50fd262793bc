import { ForkMap } from './fork-map.ts';

/** Adds an id to an ascending list; most ids arrive in that order. */
export function addSorted(ids: number[], id: number): void {
  const last = ids.at(-1);
  if (last === undefined || last < id) {
    ids.push(id);
    return;
  }
  const position = positionOf(id, ids);
  if (ids[position] !== id) ids.splice(position, 0, id);
}

/** Removes an id from an ascending list. */
export function removeSorted(ids: number[], id: number): void {
  const position = positionOf(id, ids);
  if (ids[position] === id) ids.splice(position, 1);
}

/** The position of `id`, or the position at which to insert it. */
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

/** The ids, ascending, of the records that share a key. */
export class GroupIndex<K> {
  readonly #groups: ForkMap<K, number[]>;
  /** The keys of the groups that no fork and no caller holds: they can be changed in place. */
  #owned = new Set<K>();

  constructor(groups = new ForkMap<K, number[]>()) {
    this.#groups = groups;
  }

  /** An index that begins as this one; neither sees what the other changes later. */
  fork(): GroupIndex<K> {
    this.#owned = new Set();
    return new GroupIndex(this.#groups.fork());
  }

  /** The list that it returns never changes, so that a caller can change records while it walks the list. */
  get(key: K): readonly number[] {
    this.#owned.delete(key);
    return this.#groups.get(key) ?? [];
  }

  add(key: K, id: number): void {
    const group = this.#groups.get(key);
    // Most groups have one member: an array made with one element has no spare capacity.
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
