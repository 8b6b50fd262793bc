import type { ServerResponse } from 'node:http';
// Not the globals, which a suite's fake timers replace.
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import type { RecordedRequest } from '../journal/recorded-request.ts';
import { UnavailableError } from './errors.ts';
import type { Status, Topic } from './status.ts';

/** How many may listen at a time. */
const maxListeners = 50;
/** How long changes are gathered before they are told, in milliseconds: a burst is one message. */
const gathering = 40;
/** How often the silent are told that the emulator is there, in milliseconds; proxies end what is silent for longer. */
const heartbeat = 15_000;
/** How much may wait for a listener who does not read, in bytes. */
const maxBacklog = 4 * 1024 * 1024;

/**
 * Tells of changes as server-sent events. While nobody listens it keeps nothing and costs a
 * comparison a change.
 */
export class Events {
  readonly #listeners = new Set<ServerResponse>();
  readonly #status: () => Status;
  readonly #topics = new Set<Topic>();
  readonly #requests = new Set<RecordedRequest>();
  #nextId = 1;
  #flushing: NodeJS.Timeout | undefined;
  #beating: NodeJS.Timeout | undefined;

  constructor(status: () => Status) {
    this.#status = status;
  }

  /** Something has changed. */
  touch(topic: Topic): void {
    if (this.#listeners.size === 0) return;
    // What was to be told of an emptied journal is of no interest any more.
    if (topic === 'journal') this.#requests.clear();
    this.#topics.add(topic);
    this.#flushSoon();
  }

  /** A request has come in, or has been answered. */
  asked(request: RecordedRequest): void {
    if (this.#listeners.size === 0) return;
    this.#requests.add(request);
    this.#flushSoon();
  }

  /**
   * Tells a listener of everything from here on, beginning with `hello`.
   *
   * @param open sends the head of the answer.
   * @throws {UnavailableError} when there are too many.
   */
  listen(response: ServerResponse, open: () => void): void {
    if (this.#listeners.size >= maxListeners) {
      throw new UnavailableError(
        `There are ${maxListeners} listeners already: close one of their pages or connections.`,
      );
    }
    open();
    this.#listeners.add(response);
    response.once('close', () => this.#leave(response));
    // So that an emulator that comes back is found soon.
    response.write(`retry: 1000\n${this.#write('hello', this.#status())}`);
    this.#beating ??= setInterval(() => this.#send(': here\n\n'), heartbeat).unref();
  }

  /** Ends every connection, so that a server can close. */
  close(): void {
    for (const response of [...this.#listeners]) {
      this.#leave(response);
      response.end();
    }
  }

  #leave(response: ServerResponse): void {
    this.#listeners.delete(response);
    if (this.#listeners.size > 0) return;
    clearInterval(this.#beating);
    clearTimeout(this.#flushing);
    this.#beating = undefined;
    this.#flushing = undefined;
    this.#topics.clear();
    this.#requests.clear();
  }

  #flushSoon(): void {
    this.#flushing ??= setTimeout(() => this.#flush(), gathering).unref();
  }

  #flush(): void {
    this.#flushing = undefined;
    const status = this.#status();
    // Changes first: the requests are those since the journal was emptied.
    const messages = [...this.#topics].map((topic) => this.#write(topic, status));
    for (const request of this.#requests) messages.push(this.#write('request', request));
    this.#topics.clear();
    this.#requests.clear();
    this.#send(messages.join(''));
  }

  #write(event: string, data: unknown): string {
    const id = this.#nextId;
    this.#nextId += 1;
    return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  }

  #send(text: string): void {
    for (const response of this.#listeners) {
      // Who comes back sees everything anew.
      if (response.writableLength > maxBacklog) response.destroy();
      else response.write(text);
    }
  }
}
