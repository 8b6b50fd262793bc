/**
 * An answer with an error status. The handler of a request throws one; the error handler in `app.ts` writes its status,
 * headers and message.
 */
export abstract class HttpError extends Error {
  abstract readonly status: number;
  /** Headers of the answer in addition to those of every answer. */
  readonly headers: Readonly<Record<string, string>> = {};
}

/** 400: a parameter, field or query is missing or cannot be used. */
export class BadRequestError extends HttpError {
  readonly status = 400;
}

/** 403: the caller may not do this. */
export class ForbiddenError extends HttpError {
  readonly status = 403;
}

/** 404: the record of the path does not exist for this caller. */
export class NotFoundError extends HttpError {
  readonly status = 404;
}

/** 405: the path exists, with other methods, which `Allow` lists. */
export class MethodNotAllowedError extends HttpError {
  readonly status = 405;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, allowed: readonly string[]) {
    super(message);
    this.headers = { Allow: allowed.join(', ') };
  }
}

/** 406: the caller accepts no JSON. */
export class NotAcceptableError extends HttpError {
  readonly status = 406;
}

/** 413: the body is larger than the limit. */
export class PayloadTooLargeError extends HttpError {
  readonly status = 413;
}

/** 415: the body is not JSON in an encoding that can be read. */
export class UnsupportedMediaTypeError extends HttpError {
  readonly status = 415;
}

/** 503: the emulator cannot answer now. */
export class UnavailableError extends HttpError {
  readonly status = 503;
}
