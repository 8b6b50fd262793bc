import { compilePattern, type RequestPattern } from './pattern.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Recorded, Recorder } from './recorder.ts';

/**
 * The requests that an emulator has received, in the order of arrival; the oldest are removed when there are more than
 * `journalLimit`, or they take more than `journalBytes`.
 */
export interface Journal extends Iterable<RecordedRequest> {
  /** How many requests it holds. */
  readonly length: number;
  /** How many older requests have been removed since it was last cleared. */
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

/** A request, and about how many bytes it takes. */
interface Entry {
  readonly recorded: Recorded;
  bytes: number;
  isKept: boolean;
}

/** The limits of a journal; the newest request is always kept. */
export interface JournalLimits {
  /** How many requests to keep. */
  readonly requests: number;
  /** About how many bytes of memory they may take together. */
  readonly bytes: number;
}

/** Keeps the last requests. */
export class RequestJournal implements Journal {
  readonly #limits: JournalLimits;
  readonly #cleared: () => void;
  readonly #stubPaths: () => readonly string[];
  #entries: (Entry | undefined)[] = [];
  /**
   * How many requests at the beginning of the list are removed. The list is cut only now and then, because each cut
   * copies it.
   */
  #start = 0;
  #bytes = 0;
  #count = 0;

  /**
   * @param cleared called when all requests have been deleted.
   * @param stubPaths the path patterns of the stubs, which patterns may have too.
   */
  constructor(
    limits: JournalLimits,
    cleared: () => void = () => undefined,
    stubPaths: () => readonly string[] = () => [],
  ) {
    this.#limits = limits;
    this.#cleared = cleared;
    this.#stubPaths = stubPaths;
  }

  get length(): number {
    return this.#entries.length - this.#start;
  }

  get dropped(): number {
    return this.#count - this.length;
  }

  all(): RecordedRequest[] {
    return [...this];
  }

  filter(pattern: RequestPattern): RecordedRequest[] {
    return this.all().filter(this.#compile(pattern));
  }

  find(pattern: RequestPattern): RecordedRequest | undefined {
    const matches = this.#compile(pattern);
    for (let at = this.#start; at < this.#entries.length; at += 1) {
      const request = this.#entries[at]?.recorded.request;
      if (request !== undefined && matches(request)) return request;
    }
    return undefined;
  }

  last(): RecordedRequest;
  last(pattern: RequestPattern): RecordedRequest | undefined;
  last(pattern?: RequestPattern): RecordedRequest | undefined {
    if (pattern === undefined) {
      const last = this.#entries.at(-1);
      if (last === undefined) throw new Error('The emulator has received no request yet.');
      return last.recorded.request;
    }
    const matches = this.#compile(pattern);
    for (let at = this.#entries.length - 1; at >= this.#start; at -= 1) {
      const request = this.#entries[at]?.recorded.request;
      if (request !== undefined && matches(request)) return request;
    }
    return undefined;
  }

  clear(): void {
    // Requests that are not answered yet still grow.
    for (const entry of this.#entries) if (entry !== undefined) entry.isKept = false;
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
    this.#count = 0;
    this.#cleared();
  }

  /** Each entry is made when the iteration reaches it, because a long answer of the journal is made in pieces. */
  *[Symbol.iterator](): Generator<RecordedRequest, undefined> {
    for (const entry of this.#entries.slice(this.#start)) if (entry !== undefined) yield entry.recorded.request;
    return undefined;
  }

  /** Adds a request, which may grow until it is answered. */
  add(recorder: Recorder): void {
    const entry = { recorded: recorder, bytes: 0, isKept: true };
    this.#entries.push(entry);
    this.#count += 1;
    this.#grow(entry, recorder.bytes);
    recorder.onBytes = (bytes) => this.#grow(entry, bytes);
  }

  #compile(pattern: RequestPattern): (request: RecordedRequest) => boolean {
    return compilePattern(pattern, this.#stubPaths());
  }

  #grow(entry: Entry, bytes: number): void {
    if (!entry.isKept) return;
    entry.bytes += bytes;
    this.#bytes += bytes;
    while (this.length > this.#limits.requests || (this.#bytes > this.#limits.bytes && this.length > 1)) this.#drop();
  }

  /** Removes the oldest. */
  #drop(): void {
    const oldest = this.#entries[this.#start];
    if (oldest === undefined) return;
    oldest.isKept = false;
    this.#bytes -= oldest.bytes;
    this.#entries[this.#start] = undefined;
    this.#start += 1;
    if (this.#start < this.#entries.length / 2) return;
    this.#entries = this.#entries.slice(this.#start);
    this.#start = 0;
  }
}
