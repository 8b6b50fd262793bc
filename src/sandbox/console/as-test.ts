import type { Fault } from '../../faults/fault.ts';
import type { Stub } from '../../stubs/stub.ts';
import { hasHidden, withoutHidden } from '../journal/as-call.ts';
import type { Call } from './call.ts';
import { spoilingCode } from './headers.ts';

/** The parts of an answer that a test can expect. */
export interface Answered {
  /** `undefined` when the connection was dropped. */
  readonly status: number | undefined;
  readonly body: unknown;
  /** The fault that made it. */
  readonly fault?: Fault | undefined;
  /** The stub with a fixed answer that made it. */
  readonly stub?: Stub | undefined;
}

/** A request as a test shows it. */
export interface TestParts {
  readonly call: Call;
  /** The email or id of the caller; the request has no credentials when absent. */
  readonly caller: string | undefined;
  /** The answer to expect; the test expects only the status 200 when absent. */
  readonly answer: Answered | undefined;
  /** The records that the request depends on; absent when the default fixture has them. */
  readonly fixture?: object | undefined;
  /** What the reader has to know, a line each. */
  readonly notes?: readonly string[];
}

/** The request as a test for Jest. */
export function asTest({ call, caller, answer, fixture, notes = [] }: TestParts): string {
  const { method, path, headers, body, wrong } = call;
  const all = [
    ...(caller === undefined
      ? []
      : [`Authorization: emulator.authorizationFor(${literal(caller)})${spoilingCode(wrong)}`]),
    ...Object.entries(headers).map(([name, value]) => `${literal(name)}: ${literal(value)}`),
  ];
  const options = [
    ...(method === 'GET' ? [] : [`method: ${literal(method)},`]),
    ...(all.length === 0 ? [] : [`headers: { ${all.join(', ')} },`]),
    ...(body === undefined ? [] : [`body: ${bodyOf(body)},`]),
  ];
  const asked = [
    `fetch(\`\${emulator.baseUrl}${inTemplate(path)}\`${options.length === 0 ? ')' : ', {'}`,
    ...options.map((option) => indent(option)),
    ...(options.length === 0 ? [] : ['})']),
  ].join('\n');
  const expected = answer === undefined ? undefined : expectation(call, answer);
  const isDropped = answer !== undefined && answer.status === undefined;
  const lines = [
    ...notes.map((note) => `// ${note}`),
    ...(hasHidden(body) ? ['// The journal keeps no secrets: replace [redacted] by them.'] : []),
    ...(answer?.fault === undefined ? [] : [`emulator.faults.add(${pretty(answer.fault)});`]),
    ...(answer?.stub === undefined ? [] : [`emulator.stubs.add(${pretty(answer.stub)});`]),
    isDropped ? `await expect(${asked}).rejects.toThrow();` : `const answer = await ${asked};`,
    ...(answer === undefined ? ['// It was not sent in the sandbox: 200 is the status of a success.'] : []),
    ...(isDropped ? [] : [`expect(answer.status).toBe(${answer?.status ?? 200});`]),
    ...(expected === undefined ? [] : [`expect(await answer.json()).toMatchObject(${expected});`]),
  ];
  return [
    "const { useEmulator } = require('cloud-elements-emulator/testing');",
    '',
    `const emulator = useEmulator(${fixture === undefined ? '' : `{ fixture: ${pretty(fixture)} }`});`,
    '',
    `test(${literal(`${method} ${path.split('?')[0]}`)}, async () => {`,
    ...lines.map((line) => indent(line)),
    '});',
    '',
  ].join('\n');
}

/** The sent fields that the answer repeats, or the error message: ids and dates differ in another emulator. */
function expectation({ body }: Call, { status, body: answer }: Answered): string | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
  const got = new Map<string, unknown>(Object.entries(answer));
  if (status === undefined) return undefined;
  if (status >= 400)
    return typeof got.get('message') === 'string' ? pretty({ message: got.get('message') }) : undefined;
  const sent = Object.entries(body === undefined ? {} : Object(parse(body)));
  const same = sent.filter(([name, value]) => got.has(name) && JSON.stringify(got.get(name)) === JSON.stringify(value));
  const shown = withoutHidden(Object.fromEntries(same));
  return same.length === 0 || shown === undefined ? undefined : pretty(shown);
}

function bodyOf(text: string): string {
  const value = parse(text);
  return value === undefined ? literal(text) : `JSON.stringify(${pretty(value)})`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function inTemplate(text: string): string {
  return text.replace(/[\\`]|\$\{/g, '\\$&');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
