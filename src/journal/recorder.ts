import { performance } from 'node:perf_hooks';
import type { Caller } from '../platform/context.ts';
import type { OperationId } from '../platform/operation-ids.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { passwordsIn, redact, redacted, redactText, redactWhere, type Secrets } from './redact.ts';

/** A body with more bytes of JSON than this is left out of the journal. */
const maxBody = 16_384;

type Draft = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** What is known of a request at its arrival. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Whether the path is outside the base path. */
  readonly isOutside: boolean;
  readonly query: URLSearchParams | undefined;
  /** The secrets that came with it. */
  readonly secrets: readonly string[];
  /** The `Elements-User-Password` header. */
  readonly password: string | undefined;
  /** Whether a word is the secret of a user or an organisation. */
  isSecret(word: string): boolean;
  /** No word with fewer characters is one. */
  readonly shortestSecret: number;
  /** Told when the answer is known. */
  readonly answered: ((request: RecordedRequest) => void) | undefined;
}

/** Writes down one request while it is answered. */
export class Recorder {
  readonly request: RecordedRequest;
  readonly #draft: Draft;
  readonly #path: string;
  readonly #query: Draft['query'];
  readonly #told: Arrival['answered'];
  #secrets: Secrets;
  readonly #started = performance.now();

  constructor(arrival: Arrival) {
    const { id, at, method, path, isOutside, query, secrets, password, isSecret, shortestSecret, answered } = arrival;
    this.#told = answered;
    this.#path = path;
    this.#query = listQuery(query);
    const passwords = new Set([...(password ? [password] : []), ...passwordsIn(this.#query)]);
    this.#secrets = { given: secrets, passwords, isSecret, shortest: shortestSecret };
    const target = this.#target();
    const outside = isOutside ? ({ outside: true } as const) : {};
    this.#draft = { id, at: new Date(at).toISOString(), method, path: target.path, ...outside, query: target.query };
    this.request = this.#draft;
  }

  routed(operationId: OperationId): void {
    this.#draft.operationId = operationId;
  }

  admitted({ user, organization }: Caller): void {
    this.#draft.user = { id: user.id, email: user.email, organizationId: organization.id };
  }

  read(body: unknown): void {
    if (body === undefined) return;
    const passwords = passwordsIn(body);
    if (passwords.length > 0) {
      this.#secrets = { ...this.#secrets, passwords: new Set([...this.#secrets.passwords, ...passwords]) };
      // What is a password is known only now.
      if (this.#mayTell(passwords)) this.#note(this.#target());
    }
    // As it is in JSON: the length that a client tells may be that of a compressed body.
    // A text alone is no body of any operation, and may well be a password.
    if (typeof body === 'string') {
      this.#note({ body: redacted });
      return;
    }
    const size = Buffer.byteLength(JSON.stringify(body, withDigits));
    this.#note({ body: size > maxBody ? `[${size} bytes left out]` : redact(body, this.#secrets) });
  }

  faulted(id: number): void {
    this.#note({ fault: id });
  }

  refused(message: string, reason: string | undefined): void {
    this.#note({ message: redactText(message, this.#secrets), ...(reason === undefined ? {} : { reason }) });
  }

  /** @param status of the answer; `undefined` when the connection is dropped in place of one. */
  answered(status: number | undefined): void {
    if (Object.isFrozen(this.#draft)) return;
    this.#note({ ...(status === undefined ? {} : { status }), duration: performance.now() - this.#started });
    // The journal hands it out.
    Object.freeze(this.#draft);
    this.#told?.(this.request);
  }

  /** The connection has ended: without an answer, if none is known. */
  ended(byClient: boolean): void {
    if (Object.isFrozen(this.#draft)) return;
    if (byClient) this.#note({ clientLeft: true });
    this.answered(undefined);
  }

  #note(part: Partial<Draft>): void {
    if (!Object.isFrozen(this.#draft)) Object.assign(this.#draft, part);
  }

  /** Whether one of these texts may stand in the path or the query. */
  #mayTell(texts: readonly string[]): boolean {
    for (const _name in this.#query) return true;
    return this.#path.includes('%') || texts.some((text) => this.#path.includes(text));
  }

  /** The path and the query as they may be told. */
  #target(): Pick<Draft, 'path' | 'query'> {
    const query = redact(this.#query, this.#secrets) as Draft['query'];
    const { where } = query;
    return {
      path: redactText(this.#path, this.#secrets),
      query: typeof where === 'string' ? { ...query, where: redactWhere(where, this.#secrets) } : query,
    };
  }
}

function listQuery(parameters: URLSearchParams | undefined): Draft['query'] {
  if (parameters === undefined) return {};
  const query = [...new Set(parameters.keys())].map((name) => {
    const values = parameters.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return Object.fromEntries(query);
}

/** JSON.stringify refuses a bigint, which a body has in place of a very large number. */
function withDigits(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
