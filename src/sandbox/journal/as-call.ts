import type { RecordedRequest } from '../../journal/recorded-request.ts';
import type { Call } from '../console/call.ts';
import { formatQuery, leftOut } from './format.ts';

/** What the journal has in place of values that it does not keep. */
const hidden = /\[redacted\]|^\[too deep\]$/;

/** Whether a value has parts that the journal does not keep. */
export function hasHidden(value: unknown): boolean {
  if (typeof value === 'string') return hidden.test(value) || leftOut(value) !== undefined;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasHidden);
}

/** A value without these parts; `undefined` when nothing remains. */
export function withoutHidden(value: unknown): unknown {
  if (!hasHidden(value)) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const shown = Object.entries(value).flatMap(([name, item]) => {
    const rest = withoutHidden(item);
    return rest === undefined ? [] : [[name, rest]];
  });
  return shown.length === 0 ? undefined : Object.fromEntries(shown);
}

/** A recorded request as one to send; `undefined` when its path is not the platform's or its body was left out. */
export function asCall({ method, path, query, body, outside }: RecordedRequest): Call | undefined {
  if (outside === true || leftOut(body) !== undefined) return undefined;
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each) => `${name}=${encodeURIComponent(each)}`),
  );
  return {
    method,
    path: pairs.length === 0 ? path : `${path}?${pairs.join('&')}`,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body, null, 2),
  };
}

/** A line for a test that expects the same request. */
export function asExpectation({ method, path, query, body, operationId, status }: RecordedRequest): string {
  const pattern = hasHidden(path) && operationId !== undefined ? operationId : `${method} ${path}`;
  const expected = {
    ...(formatQuery(query) === '' || hasHidden(query) ? {} : { query }),
    ...(withoutHidden(body) === undefined ? {} : { body: withoutHidden(body) }),
    ...(status === undefined ? {} : { status }),
  };
  const rest = Object.keys(expected).length === 0 ? '' : `, ${JSON.stringify(expected, null, 2)}`;
  return `expect(emulator).toHaveReceived(${JSON.stringify(pattern)}${rest});\n`;
}
