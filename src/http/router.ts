import createRouter from 'find-my-way';
import { MethodNotAllowedError, NotFoundError } from '../platform/errors.ts';

/** What a table is made of: a verb and a path with its parameters in braces. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** A row of the table with the parameters that the path gives it. */
export interface Match<R> {
  readonly route: R;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

/** Finds rows of a table by method and path. */
export interface Router<R> {
  /**
   * The row that a request is for, if there is one; HEAD is a GET without its body.
   *
   * @param path without the query, as it came over the wire.
   */
  match(method: string, path: string): Match<R> | undefined;
  /** What to answer where no row matches: 405 when the path knows other verbs, else 404. */
  mismatch(method: string, path: string): MethodNotAllowedError | NotFoundError;
  /** The verbs that a path knows, HEAD too; empty for an unknown path. */
  allowed(path: string): string[];
}

/**
 * Compiles a table.
 *
 * @param hint what to say of a path that is in no row, behind "There is nothing at …".
 * @param besides verbs that every known path answers besides.
 */
export function compileRouter<R extends Route>(
  routes: readonly R[],
  hint: string,
  besides: readonly string[] = [],
): Router<R> {
  const router = createRouter({
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    // As long as the URL, whose length the server bounds: a long path is answered as a short one is.
    maxParamLength: Number.MAX_SAFE_INTEGER,
  });
  const byHandler = new Map<unknown, R>();
  for (const route of routes) {
    const handler = () => undefined;
    byHandler.set(handler, route);
    router.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), handler);
  }
  const methods = [...new Set(routes.map(({ method }) => method))];

  const allowed = (path: string) => {
    const known: string[] = methods.filter((method) => router.find(method, path) !== null);
    if (known.length === 0) return known;
    // HEAD stands behind GET.
    return [...known.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), ...besides];
  };

  return {
    match: (method, path) => {
      const verb = methods.find((known) => known === (method === 'HEAD' ? 'GET' : method));
      const found = verb === undefined ? null : router.find(verb, path);
      const route = byHandler.get(found?.handler);
      return found === null || route === undefined ? undefined : { route, parameters: found.params };
    },
    mismatch: (method, path) => {
      const others = allowed(path);
      return others.length === 0
        ? new NotFoundError(`There is nothing at ${path}${hint}.`)
        : new MethodNotAllowedError(`${method} is not allowed on ${path}, only ${others.join(', ')}.`, others);
    },
    allowed,
  };
}
