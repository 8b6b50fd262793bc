/** A call and its answer, as a proxy between the checks and the emulator sees them. */
export interface Exchange {
  readonly method: string;
  /** Below the base path, without the query, as it was sent. */
  readonly path: string;
  /** With its question mark, as it was sent; empty when there is none. */
  readonly search: string;
  readonly query: URLSearchParams;
  readonly sentHeaders: Readonly<Record<string, string | undefined>>;
  /** The body of the request. */
  readonly sent: string;
  /** Whether the administrator calls, whose credentials the run has. */
  readonly isAdmin: boolean;
  readonly status: number;
  readonly body: unknown;
  /** The earlier exchanges of the same check. */
  readonly earlier: readonly Exchange[];
}

/** What a broken server answers in place of the answer; what is not mentioned stays. */
export interface Alteration {
  readonly status?: number;
  /** `null` removes a header. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
  readonly text?: string;
  /** Closes the connection in place of answering: what the call has changed stays changed. */
  readonly drop?: boolean;
}

/** A broken server: how it alters answers. `undefined` leaves one as it is. */
export type Fault = (exchange: Exchange) => Alteration | undefined;

/** A broken server, and the checks besides its own that find it out. */
export interface Broken {
  readonly fault: Fault;
  readonly also: readonly string[];
}

type Condition = (exchange: Exchange) => boolean;

/** A server that alters the answers to a call such as `GET /accounts/{id}`. */
export function at(
  call: string,
  alteration: Alteration | ((exchange: Exchange) => Alteration),
  when: Condition = () => true,
  also: readonly string[] = [],
): Broken {
  const fault = (exchange: Exchange) => {
    if (!isCall(exchange, call) || !when(exchange)) return undefined;
    return typeof alteration === 'function' ? alteration(exchange) : alteration;
  };
  return { fault, also };
}

/** Whether an exchange is such a call; `{…}` stands for one segment of the path. */
export function isCall(exchange: Exchange, call: string): boolean {
  const [method, path = ''] = call.split(' ');
  const pattern = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+');
  return exchange.method === method && new RegExp(`^${pattern}$`).test(exchange.path);
}

/** Changes fields of the body, or of each record of a list; `undefined` removes one. */
export const set =
  (fields: Readonly<Record<string, unknown>>) =>
  ({ body }: Exchange): Alteration => ({
    body: Array.isArray(body) ? body.map((record) => ({ ...record, ...fields })) : { ...Object(body), ...fields },
  });

/** Changes those records of a list that have this key. */
export const setIn =
  (key: string, change: (record: Readonly<Record<string, unknown>>) => object) =>
  ({ body }: Exchange): Alteration => ({
    body: listOf(body).map((record) => (record.key === key ? change(record) : record)),
  });

/** A body as a list of records. */
export function listOf(body: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(body) ? body : [];
}

export const answered =
  (status: number): Condition =>
  (exchange) =>
    exchange.status === status;

/** The request has this text in its body. */
export const sends =
  (text: string): Condition =>
  ({ sent }) =>
    sent.includes(text);

export const where =
  (text: string): Condition =>
  ({ query }) =>
    query.get('where')?.includes(text) ?? false;

export const searched =
  (search: string): Condition =>
  (exchange) =>
    exchange.search === search;

/** The call just before, in the same check, was such a one. */
export const after =
  (call: string, condition: Condition = () => true): Condition =>
  ({ earlier }) => {
    const last = earlier.at(-1);
    return last !== undefined && isCall(last, call) && condition(last);
  };

/** Some call before, in the same check, was such a one. */
export const since =
  (call: string, condition: Condition = () => true): Condition =>
  ({ earlier }) =>
    earlier.some((exchange) => isCall(exchange, call) && condition(exchange));

export const byUser: Condition = ({ isAdmin }) => !isAdmin;
export const byAdmin: Condition = ({ isAdmin }) => isAdmin;

export const all =
  (...conditions: readonly Condition[]): Condition =>
  (exchange) =>
    conditions.every((condition) => condition(exchange));
