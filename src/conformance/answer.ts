/** An answer of the server. */
export interface Answer {
  /** The call, for people: `GET /accounts?pageSize=1`. */
  readonly call: string;
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** The body as JSON; `undefined` when it is empty or no JSON. */
  readonly body: unknown;
}
