import { STATUS_CODES } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Response as SupertestResponse } from 'supertest';
import { type Received, send } from './http.ts';

/** An answer as supertest gives it. The body is `{}` when there is no JSON, or the bytes of what is neither JSON nor text. */
export type Response = Pick<SupertestResponse, 'status' | 'headers' | 'text' | 'body'>;

/** A request with supertest's way of asking, sent when it is awaited by a client that takes a third of the time. */
export class Ask implements PromiseLike<Response> {
  readonly #port: () => number;
  /** As supertest has it: a test may put another one in its place. */
  method: string;
  readonly #url: URL;
  readonly #headers = new Map<string, string>();
  #body: string | undefined;
  #expected: readonly [status: number, body?: unknown] | undefined;
  #answer: Promise<Response> | undefined;

  constructor(port: () => number, method: string, path: string) {
    this.#port = port;
    this.method = method.toUpperCase();
    this.#url = new URL(path, 'http://127.0.0.1');
  }

  set(headers: string | Readonly<Record<string, string>>, value = ''): this {
    const given = typeof headers === 'string' ? { [headers]: value } : headers;
    for (const [name, text] of Object.entries(given)) this.#headers.set(name.toLowerCase(), text);
    return this;
  }

  unset(name: string): this {
    this.#headers.delete(name.toLowerCase());
    return this;
  }

  /** Sends a text as it stands, an object as JSON, and nothing for `undefined`. */
  send(body: string | object | undefined): this {
    this.#body = typeof body === 'string' ? body : JSON.stringify(body);
    if (typeof body === 'object' && !this.#headers.has('content-type')) this.set('Content-Type', 'application/json');
    return this;
  }

  query(values: Readonly<Record<string, string>>): this {
    for (const [name, value] of Object.entries(values)) this.#url.searchParams.append(name, value);
    return this;
  }

  /** Rejects when the answer has another status or body. */
  expect(status: number, body?: unknown): this {
    this.#expected = [status, body];
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: a request is awaited, as supertest's is.
  then<A = Response, B = never>(
    onAnswer?: ((answer: Response) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#answer ??= this.#send();
    return this.#answer.then(onAnswer, onError);
  }

  catch<B>(onError: (error: unknown) => B | PromiseLike<B>): Promise<Response | B> {
    return this.then(undefined, onError);
  }

  async #send(): Promise<Response> {
    const { pathname, search } = this.#url;
    const headers = Object.fromEntries(this.#headers);
    const sent = { port: this.#port(), method: this.method, path: pathname + search, headers, body: this.#body };
    const answer = readResponse(await send(sent));
    const [status, body] = this.#expected ?? [answer.status];
    if (answer.status !== status) {
      throw new Error(`expected ${nameOf(status)}, got ${nameOf(answer.status)}: ${answer.text}`);
    }
    if (body !== undefined && !isDeepStrictEqual(typeof body === 'string' ? answer.text : answer.body, body)) {
      throw new Error(`expected the body ${JSON.stringify(body)}, got ${answer.text}`);
    }
    return answer;
  }
}

function readResponse({ status, headers, text, bytes }: Received): Response {
  const [type = ''] = headers['content-type']?.split(';') ?? [];
  const isJson = type === 'application/json';
  const body = text === '' || type.startsWith('text/') ? {} : isJson ? JSON.parse(text) : bytes;
  return { status, headers, text, body };
}

function nameOf(status: number): string {
  return `${status} ${STATUS_CODES[status]}`;
}
