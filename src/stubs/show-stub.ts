import type { ActiveStub, StubAnswer } from './stub.ts';

/** A stub as JSON: over HTTP it does not have its function, only the fact that it has one. */
export interface ShownStub extends Omit<ActiveStub, 'respond'>, Readonly<StubAnswer> {
  readonly respond?: 'function';
}

export function showStub({ respond, ...stub }: ActiveStub): ShownStub {
  return respond === undefined ? stub : { ...stub, respond: 'function' };
}
