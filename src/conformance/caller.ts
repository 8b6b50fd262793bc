import type { Answer } from './answer.ts';
import type { Call, Client } from './client.ts';
import { RefusedError } from './errors.ts';

/** Calls the server in one person's name. */
export class Caller {
  readonly #client: Client;
  readonly #authorization: string | undefined;
  readonly #isAdministrator: boolean;

  /** `isAdministrator` is for the credentials that the run was given: their first 401 ends it. */
  constructor(client: Client, authorization: string | undefined, isAdministrator = false) {
    this.#client = client;
    this.#authorization = authorization;
    this.#isAdministrator = isAdministrator;
  }

  /** The value of the header `Authorization`; empty for nobody. */
  get authorization(): string {
    return this.#authorization ?? '';
  }

  /** The same server with another header `Authorization`, or with none. */
  as(authorization: string | undefined): Caller {
    return new Caller(this.#client, authorization);
  }

  get(path: string, call?: Call): Promise<Answer> {
    return this.send('GET', path, call);
  }

  post(path: string, body?: unknown, call?: Call): Promise<Answer> {
    return this.send('POST', path, { ...call, body });
  }

  put(path: string, body?: unknown, call?: Call): Promise<Answer> {
    return this.send('PUT', path, { ...call, body });
  }

  patch(path: string, body?: unknown, call?: Call): Promise<Answer> {
    return this.send('PATCH', path, { ...call, body });
  }

  delete(path: string, call?: Call): Promise<Answer> {
    return this.send('DELETE', path, call);
  }

  async send(method: string, path: string, call: Call = {}): Promise<Answer> {
    const own = this.#authorization === undefined ? {} : { Authorization: this.#authorization };
    const answer = await this.#client.send(method, path, { ...call, headers: { ...own, ...call.headers } });
    if (this.#isAdministrator && answer.status === 401) {
      const why = 'this user may not make the call, or the server no longer accepts the credentials';
      throw new RefusedError(`${answer.call} was answered 401: ${why}`);
    }
    return answer;
  }
}
