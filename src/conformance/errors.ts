import { codeOf, messageOf } from '../text/message-of.ts';

/** There was no answer, or none that can be used. The message is one line. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** Whether the server has closed the connection. */
  readonly isClosed: boolean;

  constructor(message: string, isClosed: boolean) {
    super(message);
    this.isClosed = isClosed;
  }
}

/** The whole run ends, with this reason. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** The run could not begin. The message is one line that says what to do. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/;

/** The codes of a connection that the server has closed. */
const closed = /^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/;

/** An error of `fetch` in words for people. */
export function connectionError(error: unknown, baseUrl: string, timeoutMs: number): ConnectionError {
  const isClosed = closed.test(codeOf(causeOf(error)) ?? '');
  return new ConnectionError(connectionMessage(error, baseUrl, timeoutMs), isClosed);
}

function connectionMessage(error: unknown, baseUrl: string, timeoutMs: number): string {
  const cause = causeOf(error);
  const [code, { host }] = [codeOf(cause) ?? '', new URL(baseUrl)];
  if (nameOf(error) === 'TimeoutError') return `${host} did not answer within ${timeoutMs / 1000} s`;
  if (untrusted.test(code)) {
    return `the certificate of ${host} is not trusted (${code}): name the file of its authority in NODE_EXTRA_CA_CERTS`;
  }
  if (code === 'ECONNREFUSED') return `nothing listens at ${host}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `there is no host ${host}`;
  if (closed.test(code)) return `${host} closed the connection without an answer`;
  const message = messageOf(cause).split('\n')[0];
  return `${host} could not be asked: ${code === '' ? message : `${message} (${code})`}`;
}

/** The innermost cause of an error. */
function causeOf(error: unknown): unknown {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return cause === undefined || cause === null ? error : causeOf(cause);
}

function nameOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : undefined;
}
