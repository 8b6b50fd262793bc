// What is generated from the sources: `npm run generate` writes it, a test fails when it is stale.

import { type Check, isCheck, type Untold } from '../src/conformance/check.ts';
import { groups } from '../src/conformance/groups.ts';
import { FixtureSchema } from '../src/fixtures/fixture-schema.ts';
import { startEmulator } from '../src/index.ts';
import { callersOf } from '../src/openapi/security.ts';
import type { Example } from '../src/platform/operation.ts';
import { operations } from '../src/platform/operations.ts';
import { costSentence, figuresTable, type Results } from './figures.ts';

/** `fixtures/fixture.schema.json`, for editors. */
export function fixtureSchema(): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...FixtureSchema }, null, 2)}\n`;
}

/** `src/platform/operation-ids.ts`, for types and checks that must not load the operations themselves. */
export function operationIdsModule(): string {
  const ids = operations.map(({ operationId }) => `  '${operationId}',`);
  return `// Written by \`npm run generate\` from the table of operations.

/** The names of all operations. */
export const operationIds = [
${ids.join('\n')}
] as const;

/** The name of an operation, such as \`createAccount\`. */
export type OperationId = (typeof operationIds)[number];
`;
}

/** The table of all operations in docs/operations.md. */
export function operationsTable(): string {
  const rows = operations.map(
    ({ method, path, operationId, access, source }) =>
      `| \`${method} ${path}\` | \`${operationId}\` | ${callersOf(access)} | ${source} |`,
  );
  return ['| operation | operationId | who may call it | from |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The tables of all behaviors in docs/fidelity.md. */
export function behaviorTables(): string {
  const head = ['| behavior | source | check |', '| --- | --- | --- |'];
  return groups
    .map(({ title, rows }) => [`## ${title}`, '', ...head, ...rows.map(behaviorRow)].join('\n'))
    .join('\n\n');
}

function behaviorRow(row: Check | Untold): string {
  const words = { nothing: 'reads', account: 'writes', organization: 'more' };
  const check = isCheck(row) ? words[row.changes] : `none: ${row.why}`;
  const note = row.note === undefined ? '' : ` (${row.note})`;
  return `| <a id="${row.id}"></a>${row.sentence} | ${row.source}${note} | ${check} |`;
}

/** The pages with a generated part, and what makes it. */
export const generatedPages: Readonly<Record<string, (page: string, results: Results) => string>> = {
  'docs/fidelity.md': (page) => refresh(page, 'behaviors', behaviorTables()),
  'docs/operations.md': (page) => refresh(page, 'operations', operationsTable()),
  'docs/programming-interface.md': (page, results) => refresh(page, 'figures', figuresTable(results)),
  'README.md': (page, results) => refresh(page, 'cost', costSentence(results)),
};

/** Examples by operation, as the `examples.json` of a resource has them. */
export type Examples = Readonly<Record<string, readonly Example[]>>;

/**
 * The `examples.json` of a resource. Those that no document prints get the answer of an emulator with the default
 * fixture to its administrator.
 *
 * @throws {Error} for an unknown operation, and for an example that is not answered 200.
 */
export async function examplesFile(examples: Examples): Promise<string> {
  const answered = Object.entries(examples).map(async ([operationId, list]) => {
    const method = operations.find((operation) => operation.operationId === operationId)?.method;
    if (method === undefined) throw new Error(`There are examples of '${operationId}', which is not an operation.`);
    const all = list.map((example) => (example.source === undefined ? play(method, example) : example));
    return [operationId, await Promise.all(all)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(await Promise.all(answered)), null, 2)}\n`;
}

async function play(method: string, { response: _before, ...example }: Example): Promise<Example> {
  const { path, headers = {}, request, after } = example;
  const emulator = await startEmulator({ seed: 'examples', now: '2018-03-07T12:00:00Z' });
  const call = async (method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const all = { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json', ...headers };
    const answer = await fetch(emulator.baseUrl + path, { method, headers: all, ...sent });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The example ${method} ${path} was answered ${answer.status}: ${text}`);
    return text;
  };
  try {
    const [methodBefore, pathBefore] = after?.split(' ') ?? [];
    if (methodBefore !== undefined && pathBefore !== undefined) await call(methodBefore, pathBefore);
    const text = await call(method, path, request);
    return text === '' ? example : { ...example, response: JSON.parse(text) };
  } finally {
    await emulator.close();
  }
}

/** @throws {Error} when the marks of the part are gone. */
function refresh(page: string, name: string, text: string): string {
  const begin = `<!-- ${name}: generated by npm run generate -->`;
  const end = `<!-- end of ${name} -->`;
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The page has lost the mark ${begin} or ${end}`);
  return `${before}${begin}\n${text}\n${end}${after}`;
}
