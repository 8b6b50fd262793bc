import { leaves } from './calls.ts';
import { type Side, type Tenant, words } from './tenants.ts';

/** Things of an organization that another must not see, all that there have ever been. */
export class Knowledge {
  readonly #ids: readonly [Set<string>, Set<string>] = [new Set(), new Set()];
  readonly #secrets: readonly [Set<string>, Set<string>] = [new Set(), new Set()];
  /** What its calls have said so far; of the other's words it may only have these. */
  readonly #said: readonly [Set<string>, Set<string>] = [new Set(), new Set()];
  /** The last secret and token of each caller. */
  readonly #credentials = new Map<number, { readonly secret: string; readonly token: string }>();

  learn(tenants: readonly [Tenant, Tenant]): void {
    for (const side of [0, 1] as const) {
      const { id, secret, accounts, users } = tenants[side];
      // The numbers of its fixture that are no ids stand beside that of the organization.
      for (const number of [id, id + 1, id + 2]) this.#ids[side].add(String(number));
      for (const record of [...accounts, ...users]) this.#ids[side].add(String(record.id));
      this.#secrets[side].add(secret);
      for (const user of users) {
        for (const text of [user.secret, ...user.tokens]) this.#secrets[side].add(text);
        const token = user.tokens.at(-1) ?? this.#credentials.get(user.id)?.token ?? 'none';
        this.#credentials.set(user.id, { secret: user.secret, token });
      }
    }
  }

  /** The last secret and token of a user who may be deleted. */
  credentialsOf(tenant: Tenant, person: number): { readonly secret: string; readonly token: string } {
    return this.#credentials.get(tenant.id + person) ?? { secret: 'none', token: 'none' };
  }

  /** @param carried the texts that a call of the organization carries. */
  hear(side: Side, carried: readonly string[]): void {
    for (const text of carried) if (this.#isOfOther(side, text)) this.#said[side].add(text);
  }

  /**
   * The parts of an answer that reveal something of the other organization.
   *
   * @param answered every text and number of the answer.
   * @param own the caller's organization: what it has said and kept is its own.
   * @param repeated what may stand there because it was asked.
   */
  leaksIn(answered: readonly (string | number)[], side: Side, own: Tenant, repeated: readonly string[]): string[] {
    const found = answered.filter((leaf) => this.#isOfOther(side, String(leaf)));
    if (found.length === 0) return [];
    const held = new Set(leaves(JSON.parse(own.text)));
    const kept = [...this.#said[side]].filter((text) => held.has(text));
    // Longer ones first, for one may be a part of another.
    const allowed = [...kept, ...repeated].filter((text) => this.#isOfOther(side, text));
    allowed.sort((a, b) => b.length - a.length);
    return found.flatMap((leaf) => {
      // What was said is kept as a text: a number is an id.
      if (typeof leaf === 'number') return [`number ${leaf}`];
      const rest = allowed.reduce((text, known) => text.replaceAll(known, ' '), leaf);
      return this.#isOfOther(side, rest) ? [leaf] : [];
    });
  }

  #isOfOther(side: Side, text: string): boolean {
    const other = side === 0 ? 1 : 0;
    if (text.toLowerCase().includes(words[other])) return true;
    if ((text.match(/\b\d{6,}\b/g) ?? []).some((number) => this.#ids[other].has(number))) return true;
    return [...this.#secrets[other]].some((secret) => text.includes(secret));
  }
}
