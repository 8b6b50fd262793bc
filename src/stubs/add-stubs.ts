import type { Request, Response } from '../http/exchange.ts';
import type { Target } from '../http/paths.ts';
import { answerPreflight, type Call } from '../platform/dispatch.ts';
import { answerByStub, type StubbingOptions, type StubRecorder } from './answer-stub.ts';
import type { StubList } from './stub-list.ts';

/** A function that answers a request, with or without the stubs that match it. */
export type StubbedCall = Call<StubRecorder>;

/** @returns a function that puts the stubs that match a request before the function that would answer it otherwise. */
export function createStubbing(
  options: StubbingOptions & { readonly stubs: StubList },
): (call: Call, method: string, target: Target) => StubbedCall {
  const { stubs } = options;
  return (call, method, { side, path }) => {
    if (stubs.isEmpty || side !== 'platform') return call;
    const { operationId } = call;
    const matching = stubs.find({ method, path, operationId });
    if (method === 'OPTIONS' && matching.length === 0) {
      const methods = stubs.methodsOf(path);
      if (methods.length === 0) return call;
      return { operationId, answer: (request, response) => answerPreflight(request, response, path, methods) };
    }
    // The newest stub comes last, so that it is around all others.
    return matching.reduceRight<StubbedCall>(
      (inner, entry) => ({
        operationId,
        answer: (request: Request, response: Response, recorder: StubRecorder) => {
          if (entry === matching[0]) recorder.stubbed(entry.id);
          stubs.applied(entry);
          return answerByStub(entry, inner.answer, request, response, recorder, options);
        },
      }),
      call,
    );
  };
}
