import { signal } from '@preact/signals';
import { ApiError, type Page } from './api.ts';

const pageSize = 100;

/** When new or changed items arrived, by `performance.now()`. */
export const freshAt = new WeakMap<object, number>();

/**
 * A long list that fetches only the parts on screen. When the emulator's list changes, the old items stay
 * until the new ones arrive.
 */
export class PagedList<T> {
  /** The length of the list; `undefined` until the first part has arrived. */
  readonly total = signal<number | undefined>(undefined);
  readonly error = signal<ApiError | undefined>(undefined);
  readonly #arrivals = signal(0);
  readonly #pages = new Map<number, { readonly items: readonly T[]; readonly revision: number }>();
  readonly #loading = new Set<number>();
  readonly #load: (offset: number, pageSize: number) => Promise<Page<T>>;
  #revision = 0;
  #seen: readonly [from: number, to: number] = [0, 0];

  constructor(load: (offset: number, pageSize: number) => Promise<Page<T>>) {
    this.#load = load;
  }

  /** The item at an index; `undefined` until it has arrived. */
  get(index: number): T | undefined {
    this.#arrivals.value;
    return this.#pages.get(Math.floor(index / pageSize))?.items[index % pageSize];
  }

  /** Fetches the parts that are needed to show these indexes. */
  show(from: number, to: number): void {
    this.#seen = [from, to];
    const last = Math.floor(Math.max(to - 1, from) / pageSize);
    for (let page = Math.floor(from / pageSize); page <= last; page += 1) {
      if (this.#pages.get(page)?.revision !== this.#revision) void this.#fetch(page);
    }
  }

  /** Fetches the parts on screen again, because the emulator's list has changed. */
  invalidate(): void {
    this.#revision += 1;
    this.show(...this.#seen);
  }

  async #fetch(page: number): Promise<void> {
    if (this.#loading.has(page)) return;
    this.#loading.add(page);
    const revision = this.#revision;
    try {
      const { total, items } = await this.#load(page * pageSize, pageSize);
      this.#markFresh(page, items, total);
      this.#pages.set(page, { items, revision });
      this.total.value = total;
      this.error.value = undefined;
    } catch (error) {
      if (error instanceof ApiError) this.error.value = error;
    }
    this.#loading.delete(page);
    this.#arrivals.value += 1;
    // The list changed during the request.
    if (revision !== this.#revision) this.show(...this.#seen);
  }

  /** Notes the new and changed items of a part; items of a part that was not fetched before are not new. */
  #markFresh(page: number, items: readonly T[], total: number): void {
    if (!this.#pages.has(page)) return;
    const before = new Map([...this.#pages.values()].flatMap((known) => known.items.map((item) => [idOf(item), item])));
    const hasGrown = total > (this.total.value ?? 0);
    for (const item of items) {
      const id = idOf(item);
      if (id === undefined || typeof item !== 'object' || item === null) continue;
      const old = before.get(id);
      const isNew = old === undefined ? hasGrown : JSON.stringify(old) !== JSON.stringify(item);
      const at = isNew ? performance.now() : typeof old === 'object' && old !== null ? freshAt.get(old) : undefined;
      if (at !== undefined) freshAt.set(item, at);
    }
  }
}

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}
