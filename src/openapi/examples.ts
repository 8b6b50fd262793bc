import type { ExamplesObject } from 'openapi3-ts/oas31';
import { examples } from '../platform/examples.ts';
import type { Example, Operation } from '../platform/operation.ts';
import { documentOf } from './documents.ts';

/**
 * The examples of one part of an operation, such as its request; an example without that part is left out. An example
 * has the same key in all parts.
 */
export function examplesOf(
  { operationId }: Operation,
  part: (example: Example) => unknown,
): { examples?: ExamplesObject } {
  const keys = new Set<string>();
  const found = (examples[operationId] ?? []).flatMap((example) => {
    const key = keyOf(example.name, keys);
    keys.add(key);
    const value = part(example);
    return value === undefined ? [] : [[key, { summary: summaryOf(example), value }] as const];
  });
  return found.length === 0 ? {} : { examples: Object.fromEntries(found) };
}

/** Mock servers accept the key in a header: `Prefer: example=deactivate-an-account`. */
function keyOf(name: string, others: ReadonlySet<string>): string {
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return others.has(key) ? `${key}-${others.size + 1}` : key;
}

function summaryOf({ name, source, after }: Example): string {
  const notes = [
    ...(source === undefined ? [] : [`from ${documentOf(source)}`]),
    ...(after === undefined ? [] : [`after ${after}`]),
  ];
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}
