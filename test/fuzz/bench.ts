import { operations } from '../../src/platform/operations.ts';
import { basePath } from '../support/client.ts';
import { createSubject, serve } from './subject.ts';
import { Wire, type WireAnswer } from './wire.ts';

/** How much of the processor any answer may take, in milliseconds: of time, others may take as much. */
const patience = 2000;

/** What this process has taken of the processor, in milliseconds. */
export function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What `send` sends besides the method and the path. */
export interface Rest {
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  readonly isChunked?: boolean;
}

/** An emulator behind a real socket, and an administrator who sends it hostile requests. */
export async function openBench() {
  const subject = createSubject();
  const server = await serve(subject);
  const authorization = `Authorization: User ${subject.state.users.get(1000)?.secret}, Organization ${'10'.repeat(16)}`;

  /** The text of a request with credentials; `headers` stand behind them. */
  const write = (method: string, path: string, headers: readonly string[] = []) =>
    [`${method} ${basePath}${path} HTTP/1.1`, 'Host: localhost', authorization, ...headers, '', ''].join('\r\n');

  /** Sends bytes as they are on a connection of their own. */
  const sendBytes = async (bytes: string | Buffer, isHead = false): Promise<WireAnswer> => {
    const wire = new Wire(server.port);
    const before = spent();
    try {
      return await wire.exchange(bytes, isHead);
    } finally {
      wire.close();
      expect(spent() - before).toBeLessThan(patience);
    }
  };

  const send = (method: string, path: string, { headers = [], body, isChunked = false }: Rest = {}) => {
    if (body === undefined) return sendBytes(write(method, path, headers), method === 'HEAD');
    const bytes = Buffer.from(body);
    const framing = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`;
    const head = Buffer.from(write(method, path, ['Content-Type: application/json', framing, ...headers]));
    const chunks = [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')];
    return sendBytes(Buffer.concat([head, ...(isChunked ? chunks : [bytes])]), method === 'HEAD');
  };

  return { ...server, subject, authorization, write, send, sendBytes };
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** Proves that an emulator still works. */
export async function expectHealthy({ send, subject }: Bench): Promise<void> {
  expect(subject.errors).toEqual([]);
  expect((await send('GET', '/organizations/me')).status).toBe(200);
  expect(Reflect.ownKeys({})).toEqual([]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
}

/** The one envelope of errors. */
export function expectEnvelope({ headers, text }: WireAnswer, message: unknown = expect.stringMatching(/\S/)): void {
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(JSON.parse(text)).toEqual({ requestId: headers.get('elements-request-id'), message });
  expect(headers.get('elements-request-id')).toMatch(/^[0-9a-f]{24}$/);
  expect(text).not.toMatch(/node_modules|\.[jt]s:\d|\\n\s+at /);
}

/** The paths of the table, once each, with something in place of their parameters. */
export function templates(parameter: (name: string) => string): string[] {
  const paths = operations.map(({ path }) => path.replace(/\{(\w+)\}/g, (_whole, name: string) => parameter(name)));
  return [...new Set(paths)];
}
