import { STATUS_CODES } from 'node:http';
import { HttpError } from '../http/errors.ts';
import { writeBody } from '../http/respond.ts';
import { UnauthorizedError } from '../platform/errors.ts';
import type { ActiveFault } from './fault.ts';

/** The answer of a fault in place of the platform's. */
export class FaultError extends HttpError {
  readonly status: number;
  override readonly headers: Readonly<Record<string, string>>;
  /** The whole body, in place of the envelope; `undefined` for the envelope. */
  readonly text: string | undefined;
  /** The `Content-Type` that the fault gives. */
  readonly contentType: string | undefined;

  constructor(fault: ActiveFault & { readonly status: number }) {
    const { status, message = defaultMessage(status), body, rawBody, headers = {} } = fault;
    super(message);
    const retryAfter = fault.retryAfter ?? (status === 429 ? 1 : undefined);
    this.status = status;
    // `sendText` sets the type together with the text.
    this.contentType = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
    this.text = rawBody ?? (body === undefined ? undefined : writeBody(body, this.contentType));
    this.headers = { ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }), ...headers };
  }
}

function defaultMessage(status: number): string {
  return status === 401 ? new UnauthorizedError('a fault').message : (STATUS_CODES[status] ?? `Status ${status}`);
}
