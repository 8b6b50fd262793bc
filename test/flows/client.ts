import { envelope } from '../support/client.ts';
import { send } from '../support/http.ts';

/** One call and all that a client sees of its answer. */
export interface Exchange {
  readonly call: string;
  readonly status: number;
  readonly body: unknown;
  /** The headers of lists. */
  readonly total: string | null;
  readonly next: string | null;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Sent {
  readonly body?: object;
  /** The header `Elements-User-Password`. */
  readonly password?: string;
}

/** Calls the platform and records the answers. */
export class Client {
  readonly transcript: Exchange[] = [];
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  get last(): Exchange {
    const last = this.transcript.at(-1);
    if (last === undefined) throw new Error('nothing has been called');
    return last;
  }

  /** @param as the value of `Authorization`, `''` for none. */
  async send(as: string, method: Method, path: string, { body, password }: Sent = {}): Promise<Exchange> {
    const { port, pathname } = new URL(this.#baseUrl);
    const answer = await send({
      port: Number(port),
      method,
      path: pathname + path,
      headers: {
        ...(as === '' ? {} : { Authorization: as }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(password === undefined ? {} : { 'Elements-User-Password': password }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const header = (name: string) => answer.headers[name]?.toString() ?? null;
    const exchange = {
      call: `${method} ${path}`,
      status: answer.status,
      body: answer.text === '' ? '' : JSON.parse(answer.text),
      total: header('elements-total-count'),
      next: header('elements-next-page-token'),
    };
    this.transcript.push(exchange);
    return exchange;
  }

  /** The body of a call that succeeds. */
  async ok<T = unknown>(as: string, method: Method, path: string, sent?: Sent): Promise<T> {
    const { call, status, body } = await this.send(as, method, path, sent);
    expect({ call, status, body }).toEqual({ call, status: 200, body: expect.anything() });
    return body as T;
  }

  /** Makes a call that is refused, with this message. */
  async refused(expected: number, message: unknown, as: string, method: Method, path: string, sent?: Sent) {
    const { call, status, body } = await this.send(as, method, path, sent);
    expect({ call, status, body }).toEqual({ call, status: expected, body: envelope(message) });
  }
}

/** The keys under which an answer has what differs from one run to the next. */
const given = /^(id|accountId|companyId|organizationId|secret|userSecret|organizationSecret|token|requestId)$/;

/** A transcript with its ids and secrets numbered as they come, so that those of two runs can be compared. */
export function comparable(transcript: readonly Exchange[]): unknown {
  const numbers = new Map<string, string>();
  const numberOf = (value: string) => {
    const number = numbers.get(value) ?? `#${numbers.size + 1}`;
    numbers.set(value, number);
    return number;
  };
  const replace = (key: string, value: unknown): unknown => {
    if (given.test(key)) return numberOf(String(value));
    // Messages and paths name ids too.
    return typeof value === 'string' ? value.replace(/\b\d+\b/g, (id) => numbers.get(id) ?? id) : value;
  };
  return JSON.parse(JSON.stringify(transcript, replace));
}
