import type { ServerResponse } from 'node:http';
// Not the globals, which a suite's fake timers replace.
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { UnavailableError } from '../http/errors.ts';
import type { Recorded } from '../journal/recorder.ts';
import type { Status, Topic } from './status.ts';

/** The largest number of listeners at a time. */
const maxListeners = 50;
/** How long changes are collected before they are sent together, in milliseconds. */
const gathering = 40;
/**
 * How often a `beat` tells listeners that the emulator runs, in milliseconds: a process that is stopped closes no
 * connection. It also keeps the connection open, because proxies end those that are silent for long.
 */
const heartbeat = 5000;
/** How many bytes may wait for a listener that does not read. */
const maxBacklog = 4 * 1024 * 1024;

/**
 * Publishes changes as server-sent events. Without listeners it keeps nothing, and a change costs one
 * comparison.
 */
export class Events {
  readonly #listeners = new Set<ServerResponse>();
  readonly #status: () => Status;
  readonly #topics = new Set<Topic>();
  readonly #requests = new Set<Recorded>();
  #nextId = 1;
  #flushing: NodeJS.Timeout | undefined;
  #beating: NodeJS.Timeout | undefined;

  constructor(status: () => Status) {
    this.#status = status;
  }

  /** Tells the listeners that something has changed. */
  publish(topic: Topic): void {
    if (this.#listeners.size === 0) return;
    // The emptied journal does not have these requests any more.
    if (topic === 'journal') this.#requests.clear();
    this.#topics.add(topic);
    this.#flushSoon();
  }

  /** Tells the listeners about a request that has arrived or has been answered. */
  publishRequest(recorded: Recorded): void {
    if (this.#listeners.size === 0) return;
    this.#requests.add(recorded);
    this.#flushSoon();
  }

  /**
   * Adds a listener. Its first message is `hello`.
   *
   * @param open sends the headers of the answer.
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
    // The browser finds an emulator that has been restarted within a second.
    response.write(`retry: 1000\n${this.#write('hello', this.#status())}`);
    this.#beating ??= setInterval(() => this.#send('event: beat\ndata: {}\n\n'), heartbeat).unref();
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
    // Topics come first: the requests are those since the journal was emptied.
    const messages = [...this.#topics].map((topic) => this.#write(topic, status));
    for (const { request } of this.#requests) messages.push(this.#write('request', request));
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
      // A page that connects again fetches everything.
      if (response.writableLength > maxBacklog) response.destroy();
      else response.write(text);
    }
  }
}
