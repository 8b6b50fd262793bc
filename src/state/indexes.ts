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

/** Up to this many changes are made to a list one by one; more changes are made in one pass. */
const few = 8;

/** Makes changes to an ascending list: `true` adds an id, `false` removes it. */
function change(ids: number[], changes: ReadonlyMap<number, boolean>): number[] {
  if (changes.size <= few) {
    for (const [id, isAdded] of changes) {
      if (isAdded) addSorted(ids, id);
      else removeSorted(ids, id);
    }
    return ids;
  }
  const changed = ids.filter((id) => !changes.has(id));
  for (const [id, isAdded] of changes) if (isAdded) changed.push(id);
  return changed.sort((a, b) => a - b);
}

/** The ids, ascending, of the records that share a key. */
export class GroupIndex<K> {
  readonly #groups: ForkMap<K, number[]>;
  /** The keys of the groups to which no fork and no caller has a reference: they can be changed in place. */
  #owned = new Set<K>();
  /** Changes that would move the rest of a list: they are made when the list is read, or when there are many. */
  readonly #delayed = new Map<K, Map<number, boolean>>();

  constructor(groups = new ForkMap<K, number[]>()) {
    this.#groups = groups;
  }

  /** An index that begins as this one; neither sees later changes of the other. */
  fork(): GroupIndex<K> {
    for (const key of [...this.#delayed.keys()]) this.#settle(key);
    this.#owned = new Set();
    return new GroupIndex(this.#groups.fork());
  }

  /** The list that it returns never changes, so that a caller can change records while it walks the list. */
  get(key: K): readonly number[] {
    this.#settle(key);
    this.#owned.delete(key);
    return this.#groups.get(key) ?? [];
  }

  add(key: K, id: number): void {
    const group = this.#groups.get(key);
    // Most groups have one member: an array made with one element has no spare capacity.
    if (group === undefined) this.#put(key, [id]);
    else if (id > (group.at(-1) ?? id) && this.#delayed.get(key)?.has(id) !== true) this.#own(key, group).push(id);
    else this.#delay(key, group, id, true);
  }

  remove(key: K, id: number): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    if (group.at(-1) !== id || this.#delayed.has(key)) {
      this.#delay(key, group, id, false);
      return;
    }
    const own = this.#own(key, group);
    own.pop();
    if (own.length === 0) this.#forget(key);
  }

  #delay(key: K, group: number[], id: number, isAdded: boolean): void {
    this.#own(key, group);
    const changes = this.#delayed.get(key);
    if (changes === undefined) this.#delayed.set(key, new Map([[id, isAdded]]));
    else changes.set(id, isAdded);
    // So the total work is a few steps for each change.
    if ((changes?.size ?? 1) >= group.length) this.#settle(key);
  }

  #settle(key: K): void {
    const changes = this.#delayed.get(key);
    if (changes === undefined) return;
    this.#delayed.delete(key);
    const changed = change(this.#groups.get(key) ?? [], changes);
    if (changed.length === 0) this.#forget(key);
    else this.#put(key, changed);
  }

  #forget(key: K): void {
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
