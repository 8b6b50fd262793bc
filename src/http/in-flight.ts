import type { ServerResponse } from 'node:http';
// Not the globals, which a suite's fake timers replace.
import { clearTimeout, setTimeout } from 'node:timers';

/** How long a change of the whole state waits for requests under way, in milliseconds. */
const grace = 1000;

const cutOff = 'The request took too long for the change of the whole state that waited for it.';

/**
 * The requests under way. A change of the whole state waits for those that have begun, and requests that arrive
 * meanwhile wait for the change: no request sees parts of two states.
 */
export class InFlight {
  readonly #responses = new Set<ServerResponse>();
  readonly #delays = new Set<() => void>();
  #exclusive: Promise<unknown> | undefined;
  #drained: (() => void) | undefined;
  /** One listener for all responses, because there are thousands of them. */
  readonly #leave: (this: ServerResponse) => void;

  constructor() {
    const leave = (response: ServerResponse) => {
      this.#responses.delete(response);
      if (this.#responses.size === 0) this.#drained?.();
    };
    this.#leave = function () {
      leave(this);
    };
  }

  /** Adds a request; returns a promise when it has to wait first. */
  enter(response: ServerResponse): Promise<void> | undefined {
    if (this.#exclusive !== undefined) return this.#enterLater(response);
    if (response.destroyed) return undefined;
    this.#responses.add(response);
    response.on('close', this.#leave);
    return undefined;
  }

  /**
   * Waits, unless the client leaves. A change of the whole state ends the delay at once.
   */
  delay(milliseconds: number, response: ServerResponse): Promise<void> {
    if (this.#drained !== undefined || response.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        response.off('close', end);
        this.#delays.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      response.once('close', end);
      this.#delays.add(end);
    });
  }

  /** Ends all delays, so that the delayed requests continue. */
  endDelays(): void {
    for (const end of [...this.#delays]) end();
  }

  /** Runs a change of the whole state while no request is answered; several changes run one after the other. */
  exclusively<T>(change: () => T | Promise<T>): Promise<T> {
    const turn = (this.#exclusive ?? Promise.resolve()).then(() => this.#drain()).then(change);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#exclusive = settled;
    settled.then(() => {
      if (this.#exclusive === settled) this.#exclusive = undefined;
    });
    return turn;
  }

  async #enterLater(response: ServerResponse): Promise<void> {
    while (this.#exclusive !== undefined) await this.#exclusive;
    await this.enter(response);
  }

  async #drain(): Promise<void> {
    if (this.#responses.size === 0) return;
    let deadline: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
      this.endDelays();
      // An upload that never ends, for example, must not reach the next state.
      deadline = setTimeout(() => {
        for (const response of this.#responses) response.destroy(new Error(cutOff));
        resolve();
      }, grace);
    });
    clearTimeout(deadline);
    this.#drained = undefined;
    this.#responses.clear();
  }
}
