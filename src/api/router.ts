import createRouter from 'find-my-way';
import { MethodNotAllowedError, NotFoundError } from '../platform/errors.ts';
import type { Operation } from './operation.ts';

/** An operation with the parameters that the path gives it. */
export interface Match {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

/** Finds operations by method and path. */
export interface Router {
  /**
   * The operation of a request, if it is one; HEAD is a GET without its body.
   *
   * @param path below the base path, without the query, as it came over the wire.
   */
  match(method: string, path: string): Match | undefined;
  /** What to answer where no operation matches: 405 when the path knows other verbs, else 404. */
  mismatch(method: string, path: string): MethodNotAllowedError | NotFoundError;
  /** The verbs that a path knows, HEAD and OPTIONS too; empty for an unknown path. */
  allowed(path: string): string[];
}

/** Compiles the table of operations. */
export function compileRouter(operations: readonly Operation[]): Router {
  const router = createRouter({
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    // An email has 254 characters at most, each of which can take three.
    maxParamLength: 800,
  });
  const byHandler = new Map<unknown, Operation>();
  for (const operation of operations) {
    const handler = () => undefined;
    byHandler.set(handler, operation);
    router.on(operation.method, operation.path.replace(/\{(\w+)\}/g, ':$1'), handler);
  }
  const methods = [...new Set(operations.map(({ method }) => method))];

  const allowed = (path: string) => {
    const known: string[] = methods.filter((method) => router.find(method, path) !== null);
    if (known.length === 0) return known;
    return [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
  };

  return {
    match: (method, path) => {
      const verb = methods.find((known) => known === (method === 'HEAD' ? 'GET' : method));
      const found = verb === undefined ? null : router.find(verb, path);
      const operation = byHandler.get(found?.handler);
      return found === null || operation === undefined ? undefined : { operation, parameters: found.params };
    },
    mismatch: (method, path) => {
      const others = allowed(path);
      return others.length === 0
        ? new NotFoundError(`There is nothing at ${path}: see the table of operations.`)
        : new MethodNotAllowedError(`${method} is not allowed on ${path}, only ${others.join(', ')}.`, others);
    },
    allowed,
  };
}
