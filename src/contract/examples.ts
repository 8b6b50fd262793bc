import type { ExamplesObject } from 'openapi3-ts/oas31';
import type { OperationId } from '../api/operation-ids.ts';
import seed000 from './examples/000.json' with { type: 'json' };
import seed001 from './examples/001.json' with { type: 'json' };
import seed002 from './examples/002.json' with { type: 'json' };
import seed003 from './examples/003.json' with { type: 'json' };
import own from './examples/own.json' with { type: 'json' };

/** A call that a document prints; where the page contradicts itself or others, as the emulator answers it. */
export interface Example {
  /** What it is for, in the document's words. */
  readonly name: string;
  /** Below the base path, as it is printed. */
  readonly path?: string;
  readonly request?: unknown;
  readonly response?: unknown;
}

/** By the document they are from, and within by operation. */
export const sources: Readonly<Record<string, Partial<Record<OperationId, readonly Example[]>>>> = {
  'seed 000': seed000,
  'seed 001': seed001,
  'seed 002': seed002,
  'seed 003': seed003,
  // For operations of which no document prints a call.
  ours: own,
};

/** The examples of an operation of which one side, its request or response, is known. */
export function examplesOf(
  operationId: OperationId,
  side: (example: Example) => unknown,
): { examples?: ExamplesObject } {
  const examples = Object.entries(sources).flatMap(([source, calls]) =>
    (calls[operationId] ?? []).flatMap((example) => {
      const value = side(example);
      return value === undefined ? [] : [{ summary: `${example.name} (${source})`, value }];
    }),
  );
  if (examples.length === 0) return {};
  return { examples: Object.fromEntries(examples.map((example, index) => [`example${index + 1}`, example])) };
}
