import * as crypto from 'node:crypto';
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

/** One id under a text that no two records share; a ForkMap is one. */
export interface UniqueIndex {
  get(text: string): number | undefined;
  set(text: string, id: number): void;
  delete(text: string): void;
  /** Another index that begins as this one; neither sees what the other changes. */
  fork(): UniqueIndex;
}

/**
 * The same for secrets: what is compared are digests, so that how long a search takes tells
 * nothing of how near a guess is.
 */
export class SecretIndex implements UniqueIndex {
  readonly #ids: ForkMap<string, number>;
  /** How many secrets have each length: most words are no secret by their length alone. */
  readonly #lengths: Map<number, number>;
  #shortest: number | undefined;

  constructor(ids = new ForkMap<string, number>(), lengths: ReadonlyMap<number, number> = new Map()) {
    this.#ids = ids;
    // There are few lengths: a copy costs nothing.
    this.#lengths = new Map(lengths);
  }

  fork(): SecretIndex {
    return new SecretIndex(this.#ids.fork(), this.#lengths);
  }

  /** The length of the shortest secret; infinite when there is none. */
  get shortest(): number {
    this.#shortest ??= Math.min(...this.#lengths.keys());
    return this.#shortest;
  }

  get(secret: string): number | undefined {
    return this.#lengths.has(secret.length) ? this.#ids.get(digest(secret)) : undefined;
  }

  set(secret: string, id: number): void {
    this.#ids.set(digest(secret), id);
    this.#shortest = undefined;
    this.#lengths.set(secret.length, (this.#lengths.get(secret.length) ?? 0) + 1);
  }

  delete(secret: string): void {
    this.#ids.delete(digest(secret));
    this.#shortest = undefined;
    const others = (this.#lengths.get(secret.length) ?? 0) - 1;
    if (others > 0) this.#lengths.set(secret.length, others);
    else this.#lengths.delete(secret.length);
  }
}

/** The bytes as characters: the shortest text of them. */
const digest: (secret: string) => string =
  typeof crypto.hash === 'function'
    ? (secret) => crypto.hash('sha256', secret, 'binary')
    : // Before Node 20.12.
      (secret) => crypto.createHash('sha256').update(secret).digest('binary');
