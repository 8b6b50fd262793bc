import { counted } from '../text/counted.ts';

/** What a value belongs to, such as `user` 17; the organization has no id, since there is one. */
export interface Owner {
  readonly kind: 'organization' | 'account' | 'user';
  readonly id?: unknown;
}

type Verb = 'Left out' | 'Changed';

interface Entry {
  readonly start: string;
  readonly first: string;
  readonly kind: Owner['kind'];
  readonly why: string;
  count: number;
}

/** How many lines there are of one kind of fault, such as of roles that the emulator does not have. */
const mostLines = 10;

/** Values of the server that are not in the fixture as they came, for people: each kind of fault of a field is a line. */
export class LeftOut {
  /** By the kind of fault, and below it by what has it. */
  readonly #entries = new Map<string, Map<string, Entry>>();

  /** `what` is a field or another part of the owner; `why` says what came. */
  add(what: string, owner: Owner, why: string, verb: Verb = 'Left out'): void {
    const fault = `${verb} of ${owner.kind}: ${faultOf(why)}`;
    const entries = this.#entries.get(fault) ?? new Map<string, Entry>();
    this.#entries.set(fault, entries);
    const entry = entries.get(what);
    if (entry !== undefined) entry.count += 1;
    else entries.set(what, { start: `${verb}: `, first: nameOf(owner), kind: owner.kind, why, count: 1 });
  }

  get lines(): string[] {
    return [...this.#entries.values()].flatMap((entries) => {
      const lines = [...entries].slice(0, mostLines).map(([what, entry]) => lineOf(what, entry));
      const last = [...entries.values()].at(-1);
      const more = entries.size - mostLines;
      if (last === undefined || more <= 0) return lines;
      return [...lines, `${last.start}… and ${more.toLocaleString('en-US')} more of the same kind`];
    });
  }
}

function lineOf(what: string, { start, first, kind, why, count }: Entry): string {
  if (count === 1) return `${start}${what} of ${first} (${why})`;
  return `${start}${what} of ${counted(count, kind)}, the first of them ${first} (${why})`;
}

/** The words of a reason without the values in it. */
function faultOf(why: string): string {
  return why.replace(/^found .*?(?=, expected)/s, '').replace(/'[^']*'|"[^"]*"|\d+/g, '');
}

function nameOf({ kind, id }: Owner): string {
  if (kind === 'organization') return 'the organization';
  return id === undefined ? `one ${kind}` : `${kind} ${String(id)}`;
}
