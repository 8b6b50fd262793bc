import { examples as examplesById } from '../../src/platform/examples.ts';
import type { Example } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import { type Contradiction, complaintsAbout } from '../documents/compare.js';
import seed000 from '../documents/data/000.json' with { type: 'json' };
import seed001 from '../documents/data/001.json' with { type: 'json' };
import seed002 from '../documents/data/002.json' with { type: 'json' };
import seed003 from '../documents/data/003.json' with { type: 'json' };
import type { PrintedRequest } from '../documents/replay.ts';

const documents: Record<string, { readonly requests: readonly PrintedRequest[] }> = {
  'seed 000': seed000,
  'seed 001': seed001,
  'seed 002': seed002,
  'seed 003': seed003,
};

const printed = Object.entries(documents).flatMap(([source, { requests }]) =>
  requests.map((request) => ({ source, request, title: `${source}: ${request.method} ${request.path}` })),
);

/** The examples of all operations, with the document that prints them. */
const examples = operations.flatMap(({ operationId, method }) =>
  (examplesById[operationId] ?? []).map((example) => ({ source: example.source, method, example })),
);

const exampleOf = (source: string, { method, path, name }: PrintedRequest): Example => {
  const found = examples.filter(
    (each) =>
      each.source === source && each.method === method && each.example.path === path && each.example.name === name,
  );
  expect(found).toHaveLength(1);
  return found[0]?.example ?? { name: '', path: '' };
};

/** Contradictions that examples need not show: longer lists, and random values. */
const isShown = ({ at, answeredLike }: Contradiction) => at !== '/-' && answeredLike === undefined;

test.each(printed)('$title is an example of the contract, as printed and answered', ({ source, request }) => {
  const { request: body, response } = exampleOf(source, request);
  expect(body).toEqual(request.body);
  const contradictions = request.contradictions.filter(isShown);
  expect(complaintsAbout({ ...request, contradictions }, { status: 200, body: response })).toEqual([]);
});

test('every example that names a document is printed there', () => {
  expect(examples.filter(({ source }) => source !== undefined)).toHaveLength(printed.length);
});
