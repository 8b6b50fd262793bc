import { performance } from 'node:perf_hooks';
import { listQuery } from '../http/request.ts';
import type { Caller } from '../platform/context.ts';
import type { OperationId } from '../platform/operation-ids.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { maxDepth, redact, redactWhere } from './redact.ts';
import { redacted, Secrets } from './secrets.ts';

/** A body of a request or an answer with more bytes than this is left out of the journal. */
const maxBody = 16_384;

type Draft = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** What is known of a request when it arrives. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Whether the path is outside the base path. */
  readonly isOutside: boolean;
  readonly query: URLSearchParams | undefined;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  readonly userPassword: string | undefined;
  /** Called when the answer is known. */
  readonly answered: ((request: RecordedRequest) => void) | undefined;
}

/** Records one request while it is answered. */
export class Recorder {
  readonly request: RecordedRequest;
  /** Is told of each part that is recorded later. */
  onPart: ((part: object) => void) | undefined;
  readonly #draft: Draft;
  readonly #path: string;
  readonly #query: Draft['query'];
  readonly #onAnswered: Arrival['answered'];
  readonly #secrets = new Secrets();
  readonly #started = performance.now();

  constructor({ id, at, method, path, isOutside, query, authorization, userPassword, answered }: Arrival) {
    this.#onAnswered = answered;
    this.#path = path;
    this.#query = listQuery(query);
    this.#secrets.addHeader(authorization);
    if (userPassword !== undefined) this.#secrets.add(userPassword);
    this.#secrets.addNamed(this.#query, maxDepth);
    const target = this.#redactTarget();
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
    const { size } = this.#secrets;
    this.#secrets.addNamed(body, maxDepth);
    // The path and the query may contain the password too.
    if (this.#secrets.size > size) this.#note(this.#redactTarget());
    // No operation takes a text as its body, and it may be a password.
    if (typeof body === 'string' || this.#secrets.areTooMany) {
      this.#note({ body: redacted });
      return;
    }
    // The size as JSON, because Content-Length may be that of a compressed body.
    const bytes = Buffer.byteLength(toJson(body));
    this.#note({ body: bytes > maxBody ? leftOut(bytes) : redact(body, this.#secrets) });
  }

  faulted(id: number): void {
    this.#note({ fault: id });
  }

  stubbed(id: number): void {
    this.#note({ stub: id });
  }

  /**
   * Replaces what was noted of an error, when a stub answers in its place.
   *
   * @param message of the stub's own envelope.
   * @param keepsReason whether the answer is the 401 that was noted.
   */
  replaced(message: string | undefined, keepsReason: boolean): void {
    if (Object.isFrozen(this.#draft)) return;
    delete this.#draft.message;
    if (!keepsReason) delete this.#draft.reason;
    if (message !== undefined) this.#note({ message: this.#secrets.redact(message) });
  }

  /** @param status of the true answer, before a fault that acts after the operation. */
  held(status: number): void {
    this.#note({ trueStatus: status });
  }

  refused(message: string, reason: string | undefined): void {
    this.#note({ message: this.#secrets.redact(message), ...(reason === undefined ? {} : { reason }) });
  }

  /**
   * @param status of the answer; `undefined` when the connection is reset in place of one.
   * @param body as it goes out.
   * @param type of the body.
   */
  answered(status: number | undefined, body: string | Uint8Array = '', type = ''): void {
    if (Object.isFrozen(this.#draft)) return;
    const duration = performance.now() - this.#started;
    // HEAD gets the headers of an answer whose body is not sent, and nobody sees the journal's entry of an own request.
    const isKept = body.length > 0 && this.#onAnswered !== undefined && this.#draft.method !== 'HEAD';
    this.#note({
      ...(status === undefined ? {} : { status }),
      ...(isKept ? { answer: this.#readAnswer(body, type) } : {}),
      duration,
    });
    // The journal gives this object to its users.
    Object.freeze(this.#draft);
    this.#onAnswered?.(this.request);
  }

  /** Records the end of the connection; without an answer, if there was none. */
  ended(byClient: boolean): void {
    if (Object.isFrozen(this.#draft)) return;
    if (byClient) this.#note({ clientLeft: true });
    this.answered(undefined);
  }

  #readAnswer(body: string | Uint8Array, type: string): unknown {
    const size = Buffer.byteLength(body);
    if (size > maxBody || typeof body !== 'string') return leftOut(size);
    return redact(/json/i.test(type) ? parseJson(body) : body, this.#secrets);
  }

  #note(part: Partial<Draft>): void {
    if (Object.isFrozen(this.#draft)) return;
    Object.assign(this.#draft, part);
    this.onPart?.(part);
  }

  #redactTarget(): Pick<Draft, 'path' | 'query'> {
    const query = redact(this.#query, this.#secrets) as Draft['query'];
    const { where } = this.#query;
    return {
      path: this.#secrets.redact(this.#path),
      query: typeof where === 'string' ? { ...query, where: redactWhere(where, this.#secrets) } : query,
    };
  }
}

function toJson(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch {
    // It refuses a bigint, which stands for a very large number. A function for every value would make all bodies slow.
    return JSON.stringify(body, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  }
}

function leftOut(size: number): string {
  return `[${size} bytes left out]`;
}

/** A fault can send a text that is not JSON as JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
