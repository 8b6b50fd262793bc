import type { ActiveStub } from './stub.ts';

/** A stub as JSON: over HTTP nobody sees a function, only that there is one. */
export function showStub({ respond, ...stub }: ActiveStub): object {
  return respond === undefined ? stub : { ...stub, respond: 'function' };
}
