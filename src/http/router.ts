import createRouter from 'find-my-way';
import { MethodNotAllowedError, NotFoundError } from './errors.ts';

/** A row of a table: a method and a path with its parameters in braces. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

/** A row of the table with the parameters from the path. */
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
  /** The error when no row matches: 405 when the path has other methods, otherwise 404. */
  mismatch(method: string, path: string): MethodNotAllowedError | NotFoundError;
  /** The methods of a path, HEAD too; empty for an unknown path. */
  allowed(path: string): string[];
}

/**
 * Makes the router of a table, which it compiles for the first request.
 *
 * @param hint the text after "There is nothing at …" for an unknown path.
 * @param more additional methods of every path of the table.
 */
export function compileRouter<R extends Route>(
  routes: readonly R[],
  hint: string,
  more: readonly string[] = [],
): Router<R> {
  const byHandler = new Map<unknown, R>();
  const compile = () => {
    const router = createRouter({
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // The server limits the length of the URL, so that the router needs no limit for a parameter.
      maxParamLength: Number.MAX_SAFE_INTEGER,
    });
    for (const route of routes) {
      const handler = () => undefined;
      byHandler.set(handler, route);
      router.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), handler);
    }
    return router;
  };
  // Compiling takes a millisecond, and most emulators of a suite never get a request for the control endpoints.
  let compiled: ReturnType<typeof compile> | undefined;
  const find = (method: Route['method'], path: string) => {
    compiled ??= compile();
    return compiled.find(method, path);
  };
  const methods = [...new Set(routes.map(({ method }) => method))];

  const allowed = (path: string) => {
    const known: string[] = methods.filter((method) => find(method, path) !== null);
    if (known.length === 0) return known;
    // HEAD is listed after GET.
    return [...known.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), ...more];
  };

  return {
    match: (method, path) => {
      const known = methods.find((each) => each === (method === 'HEAD' ? 'GET' : method));
      const found = known === undefined ? null : find(known, path);
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
