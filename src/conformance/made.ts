import type { Answer } from './answer.ts';
import { isRecord } from './json.ts';

/** A record that the server has made, as its answer to a POST says. */
export interface Made {
  readonly kind: 'account' | 'user';
  /** The path of the POST. */
  readonly path: string;
  /** `undefined` when the answer does not say it. */
  readonly id: number | undefined;
}

/** What the server has made of the calls of a run, also where it should have refused them. */
export class MadeRecords {
  #records: Made[] = [];

  get all(): readonly Made[] {
    return this.#records;
  }

  /** Adds what a call has made, and takes away the user that a call has removed. */
  note(method: string, path: string, { status, body }: Answer): void {
    if (status < 200 || status > 299) return;
    if (method === 'DELETE') {
      const [, removed] = /\/users\/(\d+)$/.exec(path) ?? [];
      this.#records = this.#records.filter(({ kind, id }) => kind === 'account' || String(id) !== removed);
    }
    const kind = path === '/accounts' ? 'account' : 'user';
    if (method !== 'POST' || (kind === 'user' && !/^\/(accounts\/\d+|organizations)\/users$/.test(path))) return;
    const id = isRecord(body) ? body.id : undefined;
    this.#records.push({ kind, path, id: typeof id === 'number' ? id : undefined });
  }
}
