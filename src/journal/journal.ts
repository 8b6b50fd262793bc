import { compilePattern, type RequestPattern } from './pattern.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** The requests that an emulator has received, in the order of arrival; the oldest drop out when it is full. */
export interface Journal extends Iterable<RecordedRequest> {
  /** How many requests it holds. */
  readonly length: number;
  /** How many older requests have dropped out since it was last cleared, because there were more than `journalLimit`. */
  readonly dropped: number;
  /** All requests, oldest first. */
  all(): RecordedRequest[];
  /** The requests that match, oldest first. @throws {Error} for a text that is not a pattern. */
  filter(pattern: RequestPattern): RecordedRequest[];
  /** The first request that matches. @throws {Error} for a text that is not a pattern. */
  find(pattern: RequestPattern): RecordedRequest | undefined;
  /** The last request. @throws {Error} when there is none. */
  last(): RecordedRequest;
  /** The last request that matches. @throws {Error} for a text that is not a pattern. */
  last(pattern: RequestPattern): RecordedRequest | undefined;
  /** Deletes all requests. */
  clear(): void;
}

/** Keeps the last requests. */
export class RequestJournal implements Journal {
  readonly #limit: number;
  readonly #cleared: () => void;
  readonly #stubPaths: () => readonly string[];
  #requests: RecordedRequest[] = [];
  #count = 0;

  /**
   * @param limit how many requests to keep.
   * @param cleared called when they have been deleted.
   * @param stubPaths the path patterns of the stubs, which patterns may have too.
   */
  constructor(limit: number, cleared: () => void = () => undefined, stubPaths: () => readonly string[] = () => []) {
    this.#limit = limit;
    this.#cleared = cleared;
    this.#stubPaths = stubPaths;
  }

  get length(): number {
    return Math.min(this.#requests.length, this.#limit);
  }

  get dropped(): number {
    return this.#count - this.length;
  }

  all(): RecordedRequest[] {
    return this.#requests.slice(-this.#limit);
  }

  filter(pattern: RequestPattern): RecordedRequest[] {
    return this.all().filter(compilePattern(pattern, this.#stubPaths()));
  }

  find(pattern: RequestPattern): RecordedRequest | undefined {
    return this.all().find(compilePattern(pattern, this.#stubPaths()));
  }

  last(): RecordedRequest;
  last(pattern: RequestPattern): RecordedRequest | undefined;
  last(pattern?: RequestPattern): RecordedRequest | undefined {
    if (pattern !== undefined) return this.filter(pattern).at(-1);
    const last = this.#requests.at(-1);
    if (last === undefined) throw new Error('The emulator has received no request yet.');
    return last;
  }

  clear(): void {
    this.#requests = [];
    this.#count = 0;
    this.#cleared();
  }

  [Symbol.iterator](): Iterator<RecordedRequest> {
    return this.all()[Symbol.iterator]();
  }

  add(request: RecordedRequest): void {
    this.#requests.push(request);
    this.#count += 1;
    // Cut only now and then, because each cut copies the list.
    if (this.#requests.length >= 2 * this.#limit) this.#requests = this.#requests.slice(-this.#limit);
  }
}
