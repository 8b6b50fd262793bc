import type { Fault } from '../../faults/fault.ts';
import type { Stub } from '../../stubs/stub.ts';
import type { Call } from './call.ts';

/** The parts of an answer that a test can expect. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  /** The fault that made it. */
  readonly fault?: Fault | undefined;
  /** The stub with a fixed answer that made it. */
  readonly stub?: Stub | undefined;
}

/** The request as a command for a shell. */
export function asCurl(
  baseUrl: string,
  { method, path, headers, body }: Call,
  authorization: string | undefined,
): string {
  const all = { ...(authorization === undefined ? {} : { Authorization: authorization }), ...headers };
  return [
    // The page cannot know where curl finds the certificate of this machine.
    `curl${baseUrl.startsWith('https:') ? ' --insecure' : ''} -X ${method} ${quote(baseUrl + path)}`,
    ...Object.entries(all).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
  ].join(' \\\n  ');
}

/** Quotes a text for a shell, which changes nothing within single quotes. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The request as a test for Jest.
 *
 * @param caller the email of the caller; the request has no credentials when absent.
 * @param answer the answer to expect; the test expects only the status 200 when absent.
 */
export function asTest(call: Call, caller: string | undefined, answer: Answered | undefined): string {
  const { method, path, headers, body } = call;
  const all = [
    ...(caller === undefined ? [] : [`Authorization: emulator.authorizationFor(${literal(caller)})`]),
    ...Object.entries(headers).map(([name, value]) => `${literal(name)}: ${literal(value)}`),
  ];
  const options = [
    ...(method === 'GET' ? [] : [`method: ${literal(method)},`]),
    ...(all.length === 0 ? [] : [`headers: { ${all.join(', ')} },`]),
    ...(body === undefined ? [] : [`body: ${bodyOf(body)},`]),
  ];
  const expected = answer === undefined ? undefined : expectation(call, answer);
  const lines = [
    ...(answer?.fault === undefined ? [] : [`emulator.faults.add(${pretty(answer.fault)});`]),
    ...(answer?.stub === undefined ? [] : [`emulator.stubs.add(${pretty(answer.stub)});`]),
    `const answer = await fetch(\`\${emulator.baseUrl}${inTemplate(path)}\`${options.length === 0 ? ');' : ', {'}`,
    ...options.map((option) => indent(option)),
    ...(options.length === 0 ? [] : ['});']),
    ...(answer === undefined
      ? ['// It was not sent in the sandbox: this is what it is answered when all is well.']
      : []),
    `expect(answer.status).toBe(${answer?.status ?? 200});`,
    ...(expected === undefined ? [] : [`expect(await answer.json()).toMatchObject(${expected});`]),
  ];
  return [
    "const { useEmulator } = require('cloud-elements-emulator/testing');",
    '',
    'const emulator = useEmulator();',
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
  if (status >= 400)
    return typeof got.get('message') === 'string' ? pretty({ message: got.get('message') }) : undefined;
  const sent = Object.entries(body === undefined ? {} : Object(parse(body)));
  const same = sent.filter(([name, value]) => got.has(name) && JSON.stringify(got.get(name)) === JSON.stringify(value));
  return same.length === 0 ? undefined : pretty(Object.fromEntries(same));
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
