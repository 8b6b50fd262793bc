import type { WrongSecret } from './headers.ts';
import type { Operation } from './operations.ts';

/** The base path of the platform. */
export const base = '/elements/api-v2';

/** A request as it will be sent, without the credentials. */
export interface Call {
  readonly method: string;
  /** Below the base path, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The secret that is wrong in its credentials. */
  readonly wrong?: WrongSecret;
}

/** What somebody adds to a request by hand. */
interface Further {
  readonly headers: Readonly<Record<string, string>>;
  readonly wrong: WrongSecret | '';
}

/** The contents of the console's fields, by `in` and name: `path id`. */
export type Values = Readonly<Record<string, string>>;

/** Builds a request from the filled-in fields, without the blank ones. */
export function buildCall(
  { method, path, parameters, body: example }: Operation,
  values: Values,
  body: string,
  { headers: further, wrong }: Further = { headers: {}, wrong: '' },
): Call {
  const given = parameters.flatMap(({ name, in: place }) => {
    const value = values[`${place} ${name}`] ?? '';
    return value === '' ? [] : [{ name, place, value }];
  });
  const at = (place: string) => given.filter((each) => each.place === place);
  const filled = at('path').reduce(
    (text, { name, value }) => text.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
  const query = at('query').map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  const hasBody = example !== undefined && body.trim() !== '';
  return {
    method,
    path:
      [filled, ...query.slice(0, 1)].join('?') +
      query
        .slice(1)
        .map((pair) => `&${pair}`)
        .join(''),
    headers: merge(
      {
        ...Object.fromEntries(at('header').map(({ name, value }) => [name, value])),
        ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      },
      further,
    ),
    body: hasBody ? body : undefined,
    ...(wrong === '' ? {} : { wrong }),
  };
}

type Headers = Readonly<Record<string, string>>;

/** Headers with others, which replace those of the same name, in whatever case it is written. */
function merge(headers: Headers, others: Headers): Headers {
  const replaced = Object.keys(others).map((name) => name.toLowerCase());
  const kept = Object.entries(headers).filter(([name]) => !replaced.includes(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...others };
}

/** The parameters of the path that are still blank. */
export function missingIn({ path }: Call): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** The reason why a body is not JSON; `undefined` when it is. */
export function faultIn(body: string): string | undefined {
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
