import http from 'node:http';
import https from 'node:https';
import axios from 'axios';

/** The platform, as code has it that was written for the real one. */
export const platformUrl = 'https://api.cloud-elements.com/elements/api-v2';

/** The request of a client. */
export interface Call {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export type Client = (call: Call) => Promise<Answer>;

function headersOf({ headers, body }: Call): Record<string, string> {
  return { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers };
}

async function viaFetch(call: Call): Promise<Answer> {
  const response = await fetch(call.url, {
    method: call.method ?? 'GET',
    headers: headersOf(call),
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  };
}

async function viaFetchOfRequest(call: Call): Promise<Answer> {
  const { method = 'GET', url, body } = call;
  const request = new Request(url, {
    method,
    headers: headersOf(call),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await fetch(request);
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
}

/** With the module at call time, as code does that writes `https.request(…)`. */
function viaNode(call: Call): Promise<Answer> {
  const { request } = call.url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(call.url, { method: call.method ?? 'GET', headers: headersOf(call) }, (response) => {
      collect(response, resolve, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(call.body === undefined ? undefined : JSON.stringify(call.body));
  });
}

/** With options in place of a URL, the body in pieces and an agent: as older libraries do. */
function viaNodeOptions(call: Call): Promise<Answer> {
  const { protocol, hostname, port, pathname, search } = new URL(call.url);
  const { request, Agent } = protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request({
      protocol,
      hostname,
      port: port === '' ? undefined : port,
      path: pathname + search,
      method: call.method ?? 'GET',
      headers: headersOf(call),
      agent: new Agent({ keepAlive: true }),
    });
    outgoing.on('response', (response) => collect(response, resolve, reject));
    outgoing.on('error', reject);
    const bytes = Buffer.from(call.body === undefined ? '' : JSON.stringify(call.body));
    for (const byte of bytes) outgoing.write(Buffer.of(byte));
    outgoing.end();
  });
}

function collect(response: http.IncomingMessage, resolve: (answer: Answer) => void, reject: (error: Error) => void) {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', reject);
  response.on('end', () => {
    const { statusCode = 0, headers } = response;
    resolve({ status: statusCode, headers, text: Buffer.concat(chunks).toString('utf8') });
  });
}

/** `https.get`, for what has no other verb. */
export function viaNodeGet(url: string, headers: Record<string, string>): Promise<Answer> {
  const { get } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => collect(response, resolve, reject)).on('error', reject);
  });
}

async function viaAxios(call: Call): Promise<Answer> {
  const response = await axios.request<string>({
    method: call.method ?? 'GET',
    url: call.url,
    headers: headersOf(call),
    data: call.body,
    responseType: 'text',
    // Axios reads JSON whatever the type is.
    transformResponse: (text: string) => text,
    validateStatus: () => true,
  });
  return { status: response.status, headers: { ...response.headers }, text: response.data };
}

/** How a process calls another machine. */
export const clients: readonly (readonly [name: string, client: Client])[] = [
  ['fetch', viaFetch],
  ['fetch of a Request', viaFetchOfRequest],
  ['node:https with a URL', viaNode],
  ['node:https with options', viaNodeOptions],
  ['axios', viaAxios],
];

/** The code of a failed call, which fetch has in its cause. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (typeof error !== 'object' || error === null) return `no error: ${String(error)}`;
  if ('code' in error) return error.code;
  const cause = 'cause' in error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}
