import { performance } from 'node:perf_hooks';
import type { OperationId } from '../api/operation-ids.ts';
import type { Caller } from '../platform/world.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { passwordsIn, redact, redactText, type Secrets } from './redact.ts';

/** A body with more bytes of JSON than this is left out of the journal. */
const maxBody = 16_384;

type Draft = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** What is known of a request at its arrival. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly search: string;
  /** The secrets that came with it. */
  readonly secrets: readonly string[];
  /** The `Elements-User-Password` header. */
  readonly password: string | undefined;
  /** Whether a word is the secret of a user or an organisation. */
  isSecret(word: string): boolean;
}

/** Writes down one request while it is answered. */
export class Recorder {
  readonly request: RecordedRequest;
  readonly #draft: Draft;
  #secrets: Secrets;
  readonly #started = performance.now();

  constructor({ id, at, method, path, search, secrets, password, isSecret }: Arrival) {
    const passwords = password === undefined || password === '' ? [] : [password];
    this.#secrets = { given: secrets, passwords, isSecret };
    this.#draft = {
      id,
      at: new Date(at).toISOString(),
      method,
      path: redactText(path, this.#secrets),
      query: this.#query(search),
    };
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
    const passwords = [...this.#secrets.passwords, ...passwordsIn(body)];
    this.#secrets = { ...this.#secrets, passwords };
    const size = sizeOf(body);
    this.#draft.body =
      size > maxBody
        ? `[${size === Number.POSITIVE_INFINITY ? 'too many' : size} bytes left out]`
        : redact(body, this.#secrets);
  }

  faulted(id: number): void {
    this.#draft.fault = id;
  }

  refused(message: string, reason: string | undefined): void {
    this.#draft.message = redactText(message, this.#secrets);
    if (reason !== undefined) this.#draft.reason = reason;
  }

  /** @param status of the answer; `undefined` when the connection is dropped in place of one. */
  answered(status: number | undefined): void {
    if (status !== undefined) this.#draft.status = status;
    this.#draft.duration = performance.now() - this.#started;
  }

  #query(search: string): Record<string, string | string[]> {
    if (search === '') return {};
    const parameters = new URLSearchParams(search);
    const query = [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    });
    return redact(Object.fromEntries(query), this.#secrets) as Record<string, string | string[]>;
  }
}

/** As it is in JSON: the length that a client tells may be that of a compressed body. */
function sizeOf(body: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(body));
  } catch {
    // Nested so deep that it cannot be written.
    return Number.POSITIVE_INFINITY;
  }
}
