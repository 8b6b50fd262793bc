import type { ActiveStub, StubAnswer } from './stub.ts';

/** A stub as JSON: over HTTP nobody sees a function, only that there is one. */
export interface ShownStub extends Omit<ActiveStub, 'respond'>, Readonly<StubAnswer> {
  readonly respond?: 'function';
}

export function showStub({ respond, ...stub }: ActiveStub): ShownStub {
  return respond === undefined ? stub : { ...stub, respond: 'function' };
}
