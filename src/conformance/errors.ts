import { codeOf, messageOf } from '../text/message-of.ts';

/** There was no answer, or none that can be used. The message is one line. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** Whether the server has closed the connection. */
  readonly isClosed: boolean;
  /** Whether an answer in HTTP had begun. */
  readonly hasBegun: boolean;

  constructor(message: string, { isClosed, hasBegun }: Pick<ConnectionError, 'isClosed' | 'hasBegun'>) {
    super(message);
    this.isClosed = isClosed;
    this.hasBegun = hasBegun;
  }
}

/** The whole run ends, with this reason. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** The server has refused the credentials of the run; it did nothing else about the call. */
export class RefusedError extends StoppedError {}

/** The run could not begin. The message is one line that says what to do. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/;

/** The codes of an answer to TLS that is none. */
const noTls =
  /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNEXPECTED_MESSAGE|RECORD_LAYER_FAILURE))$/;

/** The codes of zlib and of Brotli. */
const garbled = /^(Z_|ERR__ERROR|ERR_BROTLI|ERR_ZSTD|ZSTD_)/;

/** The codes of a connection that the server has closed. */
const closed = /^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/;

/** What was asked, for the words of an error. */
export interface Asked {
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Whether the answer had begun. */
  readonly hasBegun: boolean;
}

/** An error of `fetch` in words for people. */
export function connectionError(error: unknown, asked: Asked): ConnectionError {
  const isClosed = closed.test(codeOf(causeOf(error)) ?? '');
  return new ConnectionError(connectionMessage(error, asked), { isClosed, hasBegun: asked.hasBegun });
}

function connectionMessage(error: unknown, { baseUrl, timeoutMs, hasBegun }: Asked): string {
  const cause = causeOf(error);
  const [code, { host }] = [codeOf(cause) ?? '', new URL(baseUrl)];
  if (nameOf(error) === 'TimeoutError') return `${host} did not answer within ${timeoutMs / 1000} s`;
  if (code === 'CERT_HAS_EXPIRED') return `the certificate of ${host} has expired`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the certificate of ${host} is for another host name`;
  if (untrusted.test(code)) {
    return `the certificate of ${host} is not trusted (${code}): name the file of its authority in NODE_EXTRA_CA_CERTS`;
  }
  if (code === 'ECONNREFUSED') return `nothing listens at ${host}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `there is no host ${host}`;
  if (noTls.test(code)) return `${host} does not speak HTTPS: perhaps its address begins with http://`;
  if (code.startsWith('HPE_')) return `${host} does not answer in HTTP (${code})`;
  if (garbled.test(code)) return `${host} sent an answer that cannot be decompressed (${code})`;
  if (closed.test(code)) {
    return `${host} closed the connection ${hasBegun ? 'in the middle of its answer' : 'without an answer'}`;
  }
  if (messageOf(cause) === 'bad port') return `${host} could not be asked: fetch refuses this port`;
  const message = messageOf(cause).split('\n')[0];
  const what = hasBegun ? `the answer of ${host} could not be read` : `${host} could not be asked`;
  return `${what}: ${code === '' ? message : `${message} (${code})`}`;
}

/** The innermost cause of an error. */
function causeOf(error: unknown): unknown {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return cause === undefined || cause === null ? error : causeOf(cause);
}

function nameOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : undefined;
}
