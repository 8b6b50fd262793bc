/** What a value belongs to, such as `user` 17; the organization has no id, since there is one. */
export interface Owner {
  readonly kind: 'organization' | 'account' | 'user';
  readonly id?: unknown;
}

interface Entry {
  readonly first: string;
  readonly kind: Owner['kind'];
  readonly why: string;
  count: number;
}

/** Values of the server that are not in the fixture as they came, for people: each kind of them is one line. */
export class LeftOut {
  readonly #entries = new Map<string, Entry>();

  /** `what` is a field or another part of the owner; `why` says what came. */
  add(what: string, owner: Owner, why: string, verb: 'Left out' | 'Changed' = 'Left out'): void {
    const key = `${verb}: ${what} of `;
    const entry = this.#entries.get(`${key}${owner.kind}`);
    if (entry !== undefined) entry.count += 1;
    else this.#entries.set(`${key}${owner.kind}`, { first: nameOf(owner), kind: owner.kind, why, count: 1 });
  }

  get lines(): string[] {
    return [...this.#entries].map(([key, { first, kind, why, count }]) => {
      const start = key.slice(0, -kind.length);
      if (count === 1) return `${start}${first} (${why})`;
      return `${start}${count.toLocaleString('en-US')} ${kind}s, the first of them ${first} (${why})`;
    });
  }
}

function nameOf({ kind, id }: Owner): string {
  if (kind === 'organization') return 'the organization';
  return id === undefined ? `one ${kind}` : `${kind} ${String(id)}`;
}
