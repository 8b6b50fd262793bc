import type { ExamplesObject } from 'openapi3-ts/oas31';
import type { OperationId } from '../platform/operation-ids.ts';
import { documentOf } from './documents.ts';
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
  readonly path: string;
  /** What the path says, where it is printed with a slip. */
  readonly meant?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly request?: unknown;
  readonly response?: unknown;
  /** What has to be asked before it, such as `PUT /users/412/roles/admin`. */
  readonly after?: string;
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

/** The examples of an operation of which one part is known, by names that are the same for all its parts. */
export function examplesOf(
  operationId: OperationId,
  part: (example: Example) => unknown,
): { examples?: ExamplesObject } {
  const keys = new Set<string>();
  const all = Object.entries(sources).flatMap(([source, calls]) =>
    (calls[operationId] ?? []).map((example) => {
      const key = keyOf(example.name, keys);
      keys.add(key);
      return { key, example, source };
    }),
  );
  const known = all.flatMap(({ key, example, source }) => {
    const value = part(example);
    return value === undefined ? [] : [[key, { summary: summaryOf(example, source), value }] as const];
  });
  return known.length === 0 ? {} : { examples: Object.fromEntries(known) };
}

/** `Prefer: example=deactivate-an-account` is what one types to have it of a mock server. */
function keyOf(name: string, others: ReadonlySet<string>): string {
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return others.has(key) ? `${key}-${others.size + 1}` : key;
}

function summaryOf({ name, after }: Example, source: string): string {
  const document = documentOf(source);
  const from = document === undefined ? [] : [`from ${document}`];
  const said = [...from, ...(after === undefined ? [] : [`after ${after}`])];
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${said.length === 0 ? '' : ` (${said.join(', ')})`}`;
}
