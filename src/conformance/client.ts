import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { ConnectionError, connectionError, StoppedError } from './errors.ts';
import { type Made, MadeRecords } from './made.ts';
import { readText } from './read-body.ts';
import { retryDelay } from './retry-after.ts';

/** What a call sends besides method and path. */
export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly raw?: string | Uint8Array;
}

export interface ClientOptions {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** How many milliseconds pass between the starts of two requests. */
  readonly pauseMs: number;
  /** How many milliseconds a request may take, its answer included. */
  readonly timeoutMs: number;
  /** Ends the run: once it is aborted, no request begins, and one under way is given up. */
  readonly signal?: AbortSignal | undefined;
}

/** How often a request is repeated that is answered 429, or 503 with `Retry-After`. */
const repetitions = 5;

/**
 * Sends one request at a time, and not faster than it may. It keeps no credentials: those are of `Caller`.
 */
export class Client {
  readonly #options: ClientOptions;
  #last: Promise<unknown> = Promise.resolve();
  readonly #writes: string[] = [];
  readonly #made: MadeRecords;
  #hasLostWrite = false;
  #endsWhenBusy = false;

  constructor(options: ClientOptions, made = new MadeRecords()) {
    this.#options = options;
    this.#made = made;
  }

  get baseUrl(): string {
    return this.#options.baseUrl;
  }

  /** The paths of the requests since the last call of this that can have changed something. */
  takeWrites(): readonly string[] {
    return this.#writes.splice(0);
  }

  /** The accounts and users that the server has made and not removed, also where it should have refused to. */
  get made(): readonly Made[] {
    return this.#made.all;
  }

  /** Whether the server may still be at a request that can change something, whose answer nobody waits for. */
  get hasLostWrite(): boolean {
    return this.#hasLostWrite;
  }

  /** From now on, a server that is busy again and again ends the run: else the caller gets its answer. */
  endWhenBusy(): void {
    this.#endsWhenBusy = true;
  }

  /** A client that still works after the run has been ended, for cleaning up. */
  withoutSignal(): Client {
    return new Client({ ...this.#options, signal: undefined }, this.#made);
  }

  /**
   * @throws {ConnectionError} when there is no answer, or one that cannot be used.
   * @throws {StoppedError} when the run has been ended.
   */
  async send(method: string, path: string, call: Call = {}): Promise<Answer> {
    for (let attempt = 0; ; attempt += 1) {
      await this.#turn();
      if (!isReading(method)) this.#writes.push(path);
      const answer = await this.#sendAgain(method, path, call);
      this.#made.note(method, path, answer);
      if (!isAskedToWait(answer)) return answer;
      if (attempt === repetitions) {
        if (!this.#endsWhenBusy) return answer;
        throw new StoppedError(`${answer.call} was answered ${answer.status} again and again: try later`);
      }
      await this.#sleep(retryDelay(answer.headers, attempt));
    }
  }

  /** Waits until the next request may begin. */
  async #turn(): Promise<void> {
    await this.#last;
    if (this.#options.signal?.aborted) throw new StoppedError('interrupted');
    this.#last = this.#options.pauseMs > 0 ? wait(this.#options.pauseMs) : Promise.resolve();
  }

  async #sleep(ms: number): Promise<void> {
    const { signal } = this.#options;
    await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {
      throw new StoppedError('interrupted');
    });
  }

  /** Repeats a request that only reads: servers close connections that were idle just when another request comes. */
  async #sendAgain(method: string, path: string, call: Call): Promise<Answer> {
    try {
      return await this.#sendOnce(method, path, call);
    } catch (error) {
      if (!(error instanceof ConnectionError) || !error.isClosed || !isReading(method)) throw error;
      return this.#sendOnce(method, path, call);
    }
  }

  async #sendOnce(method: string, path: string, { query = {}, headers = {}, body, raw }: Call): Promise<Answer> {
    const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    const search = new URLSearchParams(pairs).toString();
    const target = search === '' ? path : `${path}?${search}`;
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    // A text as body would bring a Content-Type of its own.
    const bytes = typeof sent === 'string' ? new TextEncoder().encode(sent) : sent;
    const type = body === undefined || raw !== undefined ? {} : { 'Content-Type': 'application/json' };
    const { baseUrl, timeoutMs, signal } = this.#options;
    const end = new AbortController();
    const giveUp = () => end.abort();
    const timeout = AbortSignal.timeout(timeoutMs);
    let hasBegun = false;
    // Not `AbortSignal.any`, which the first versions of Node 20 do not have.
    for (const each of [signal, timeout]) each?.addEventListener('abort', giveUp, { once: true });
    try {
      const response = await fetch(baseUrl + target, {
        method,
        headers: { Accept: 'application/json', ...type, ...headers },
        body: bytes ?? null,
        redirect: 'manual',
        signal: end.signal,
      });
      hasBegun = true;
      const text = await readText(response);
      return {
        call: shorten(`${method} ${decodeQuery(target)}`),
        status: response.status,
        headers: response.headers,
        text,
        body: parseJson(text),
      };
    } catch (error) {
      if (end.signal.aborted && !isReading(method)) this.#hasLostWrite = true;
      if (signal?.aborted) throw new StoppedError('interrupted');
      throw connectionError(timeout.aborted ? timeout.reason : error, { baseUrl, timeoutMs, hasBegun });
    } finally {
      for (const each of [signal, timeout]) each?.removeEventListener('abort', giveUp);
    }
  }
}

function isReading(method: string): boolean {
  return /^(GET|HEAD|OPTIONS)$/.test(method);
}

function isAskedToWait({ status, headers }: Answer): boolean {
  return status === 429 || (status === 503 && headers.has('retry-after'));
}

/** The longest call that is shown. */
const longestCall = 100;

function shorten(call: string): string {
  return call.length > longestCall ? `${call.slice(0, longestCall)}…` : call;
}

/** A target whose query people can read. */
function decodeQuery(target: string): string {
  const [path = '', query] = target.split('?');
  if (query === undefined) return path;
  try {
    return `${path}?${decodeURIComponent(query.replaceAll('+', ' '))}`;
  } catch {
    return target;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
