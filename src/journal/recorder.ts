import { performance } from 'node:perf_hooks';
import type { Caller } from '../platform/context.ts';
import type { OperationId } from '../platform/operation-ids.ts';
import { bytesOf } from './bytes.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { maxDepth, redact, redactWhere } from './redact.ts';
import { redacted, Secrets } from './secrets.ts';

/** A body of a request or an answer with more bytes than this is left out of the journal. */
const maxBody = 16_384;

/** The redacted copy of a larger body is made at once, because the body may be left out. In bytes of memory. */
const maxUnread = 65_536;

/** What an answer takes for each character, once it has been read: JSON of records takes two to three bytes. */
const bytesPerCharacter = 4;

type Draft = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

/** A request of the journal, which is made when it is first read. */
export interface Recorded {
  readonly request: RecordedRequest;
}

/** What is known of a request when it arrives. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Whether the path is outside the base path. */
  readonly isOutside: boolean;
  readonly query: RecordedRequest['query'];
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  readonly userPassword: string | undefined;
  /** Called when the answer is known. */
  readonly answered: ((recorded: Recorded) => void) | undefined;
}

/**
 * Records one request while it is answered.
 *
 * The request is redacted when somebody first reads it: nobody reads most requests of a suite. Parts that come later are
 * added to the same object.
 */
export class Recorder implements Recorded {
  readonly id: string;
  /** Called with the bytes of memory that each part takes. */
  onBytes: ((bytes: number) => void) | undefined;
  readonly #arrival: Arrival;
  readonly #secrets = new Secrets();
  readonly #started = performance.now();
  #draft: Draft | undefined;
  /** The parts that are written when somebody reads the request. */
  #unread: ((draft: Draft) => void)[] = [];
  #isAnswered = false;

  constructor(arrival: Arrival) {
    this.id = arrival.id;
    this.#arrival = arrival;
  }

  get request(): RecordedRequest {
    if (this.#draft !== undefined) return this.#draft;
    const draft = this.#begin();
    for (const write of this.#unread) write(draft);
    this.#unread = [];
    this.#draft = draft;
    // The journal gives this object to its users.
    if (this.#isAnswered) Object.freeze(draft);
    return draft;
  }

  /** About how many bytes of memory the request takes when it arrives. */
  get bytes(): number {
    const { id, method, path, query, authorization = '', userPassword = '' } = this.#arrival;
    return bytesOf({ id, at: '', method, path, query, authorization, userPassword });
  }

  routed(operationId: OperationId): void {
    this.#note({ operationId });
  }

  admitted({ user, organization }: Caller): void {
    this.#note({ user: { id: user.id, email: user.email, organizationId: organization.id } });
  }

  read(body: unknown): void {
    if (body === undefined) return;
    const write = (draft: Draft) => this.#writeBody(draft, body);
    const bytes = bytesOf(body);
    if (bytes <= maxUnread) {
      this.#add(bytes, write);
      return;
    }
    const { request } = this;
    this.#add(0, write);
    this.onBytes?.(bytesOf(request.body));
  }

  faulted(id: number): void {
    this.#note({ fault: id });
  }

  stubbed(id: number): void {
    this.#note({ stub: id });
  }

  /**
   * Replaces the message and reason of an error, when a stub answers in its place.
   *
   * @param message of the stub's own envelope.
   * @param keepsReason whether the answer is still that 401.
   */
  replaced(message: string | undefined, keepsReason: boolean): void {
    this.#add(0, (draft) => {
      delete draft.message;
      if (!keepsReason) delete draft.reason;
    });
    if (message !== undefined) this.#noteMessage(message);
  }

  /** @param status of the original answer, before a fault with `when: 'after'`. */
  held(status: number): void {
    this.#note({ trueStatus: status });
  }

  refused(message: string, reason: string | undefined): void {
    this.#noteMessage(message);
    if (reason !== undefined) this.#note({ reason });
  }

  /**
   * @param status of the answer; `undefined` when the connection is reset in place of one.
   * @param body as it is sent.
   * @param type of the body.
   */
  answered(status: number | undefined, body: string | Uint8Array = '', type = ''): void {
    if (this.#isAnswered) return;
    const duration = performance.now() - this.#started;
    if (status !== undefined) this.#note({ status });
    const { method, answered } = this.#arrival;
    // HEAD gets the headers of an answer whose body is not sent, and nobody sees the journal's entry of an own request.
    if (body.length > 0 && answered !== undefined && method !== 'HEAD') this.#noteAnswer(body, type);
    this.#note({ duration });
    this.#isAnswered = true;
    if (this.#draft !== undefined) Object.freeze(this.#draft);
    answered?.(this);
  }

  /** Records the end of the connection; without an answer, if there was none. */
  ended(byClient: boolean): void {
    if (this.#isAnswered) return;
    if (byClient) this.#note({ clientLeft: true });
    this.answered(undefined);
  }

  #begin(): Draft {
    const { id, at, method, isOutside, authorization, userPassword } = this.#arrival;
    this.#secrets.addHeader(authorization);
    if (userPassword !== undefined) this.#secrets.add(userPassword);
    this.#secrets.addNamed(this.#arrival.query, maxDepth);
    const { path, query } = this.#redactTarget();
    const outside = isOutside ? ({ outside: true } as const) : {};
    return { id, at: new Date(at).toISOString(), method, path, ...outside, query };
  }

  #add(bytes: number, write: (draft: Draft) => void): void {
    if (this.#isAnswered) return;
    if (this.#draft === undefined) this.#unread.push(write);
    else write(this.#draft);
    this.onBytes?.(bytes);
  }

  #note(part: Partial<Draft>): void {
    this.#add(bytesOf(part), (draft) => Object.assign(draft, part));
  }

  #noteMessage(message: string): void {
    this.#add(bytesOf({ message }), (draft) => {
      draft.message = this.#secrets.redact(message);
    });
  }

  #noteAnswer(body: string | Uint8Array, type: string): void {
    const size = Buffer.byteLength(body);
    if (size > maxBody || typeof body !== 'string') {
      this.#note({ answer: leftOut(size) });
      return;
    }
    this.#add(bytesPerCharacter * body.length, (draft) => {
      draft.answer = redact(/json/i.test(type) ? parseJson(body) : body, this.#secrets);
    });
  }

  #writeBody(draft: Draft, body: unknown): void {
    const { size } = this.#secrets;
    this.#secrets.addNamed(body, maxDepth);
    // The path and the query may contain the password too.
    if (this.#secrets.size > size) Object.assign(draft, this.#redactTarget());
    // No operation takes a text as its body, and it may be a password.
    if (typeof body === 'string' || this.#secrets.areTooMany) {
      draft.body = redacted;
      return;
    }
    // The size as JSON, because Content-Length may be that of a compressed body.
    const bytes = Buffer.byteLength(toJson(body));
    draft.body = bytes > maxBody ? leftOut(bytes) : redact(body, this.#secrets);
  }

  #redactTarget(): Pick<Draft, 'path' | 'query'> {
    const { path, query } = this.#arrival;
    const copy = redact(query, this.#secrets) as Draft['query'];
    const { where } = query;
    return {
      path: this.#secrets.redact(path),
      query: typeof where === 'string' ? { ...copy, where: redactWhere(where, this.#secrets) } : copy,
    };
  }
}

function toJson(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch {
    // `JSON.stringify` refuses a bigint, which is a very large number. A replacer for every value would make all bodies
    // slow.
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
