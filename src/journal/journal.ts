import { compilePattern, type RequestPattern } from './pattern.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** What an emulator was asked, in the order of arrival; the oldest requests fall out when it is full. */
export interface Journal extends Iterable<RecordedRequest> {
  /** How many requests it holds. */
  readonly length: number;
  /** How many older requests have fallen out since it was last cleared, because there were more than `journalLimit`. */
  readonly dropped: number;
  /** All requests, oldest first. */
  all(): RecordedRequest[];
  /** The requests that fit, oldest first. @throws {Error} for a text that is no pattern. */
  filter(pattern: RequestPattern): RecordedRequest[];
  /** The first request that fits. @throws {Error} for a text that is no pattern. */
  find(pattern: RequestPattern): RecordedRequest | undefined;
  /** The last request of all. @throws {Error} when there is none. */
  last(): RecordedRequest;
  /** The last request that fits. @throws {Error} for a text that is no pattern. */
  last(pattern: RequestPattern): RecordedRequest | undefined;
  /** Forgets all requests. */
  clear(): void;
}

/** Keeps the last requests. */
export class RequestJournal implements Journal {
  readonly #limit: number;
  readonly #cleared: () => void;
  #requests: RecordedRequest[] = [];
  #count = 0;

  /**
   * @param limit how many requests to keep.
   * @param cleared told when they are forgotten.
   */
  constructor(limit: number, cleared: () => void = () => undefined) {
    this.#limit = limit;
    this.#cleared = cleared;
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
    return this.all().filter(compilePattern(pattern));
  }

  find(pattern: RequestPattern): RecordedRequest | undefined {
    return this.all().find(compilePattern(pattern));
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
    // Cut now and then, not at every request.
    if (this.#requests.length >= 2 * this.#limit) this.#requests = this.#requests.slice(-this.#limit);
  }
}
