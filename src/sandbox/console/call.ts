import type { Operation } from './operations.ts';

/** A request as it is to be sent, but for who sends it. */
export interface Call {
  readonly method: string;
  /** Below the base path, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What stands in the fields of the console, by `in` and name: `path id`. */
export type Values = Readonly<Record<string, string>>;

/** Puts a request together from what was filled in; blank parameters are left out. */
export function buildCall({ method, path, parameters, body: example }: Operation, values: Values, body: string): Call {
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
    headers: {
      ...Object.fromEntries(at('header').map(({ name, value }) => [name, value])),
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    },
    body: hasBody ? body : undefined,
  };
}

/** The parameters of the path that are still blank. */
export function missingIn({ path }: Call): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Why a body is no JSON; `undefined` when it is. */
export function faultIn(body: string): string | undefined {
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
