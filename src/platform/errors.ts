/**
 * What the platform answers when it does not do as asked. Rules fail by throwing one; the one
 * error handler of the HTTP side turns it into the envelope.
 */
export abstract class PlatformError extends Error {
  abstract readonly status: number;
  /** Headers that belong to the answer. */
  readonly headers: Readonly<Record<string, string>> = {};
}

/** 400: a parameter, field or query is missing or cannot be used. */
export class BadRequestError extends PlatformError {
  readonly status = 400;
}

/**
 * 401, with the platform's one text for every cause.
 *
 * `reason` is the true cause in words; it never goes out on the wire.
 */
export class UnauthorizedError extends PlatformError {
  readonly status = 401;
  readonly reason: string;

  constructor(reason: string) {
    super('Invalid Organization or User secret, or invalid Element token provided.');
    this.reason = reason;
  }
}

/** 401 for a wrong password, which has been counted: the one refusal that changes something, which is to be kept. */
export class WrongPasswordError extends UnauthorizedError {}

/** 403: a role that the caller may not grant. */
export class ForbiddenError extends PlatformError {
  readonly status = 403;
}

/** 404: what the path names does not exist for this caller. */
export class NotFoundError extends PlatformError {
  readonly status = 404;
}

/** 405: the path exists, with other verbs, which `Allow` lists. */
export class MethodNotAllowedError extends PlatformError {
  readonly status = 405;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, allowed: readonly string[]) {
    super(message);
    this.headers = { Allow: allowed.join(', ') };
  }
}

/** 406: the caller accepts no JSON. */
export class NotAcceptableError extends PlatformError {
  readonly status = 406;
}

/** 409: the change would break a rule between records. */
export class ConflictError extends PlatformError {
  readonly status = 409;
}

/** 413: the body is larger than the limit. */
export class PayloadTooLargeError extends PlatformError {
  readonly status = 413;
}

/** 415: the body is not JSON in an encoding that can be read. */
export class UnsupportedMediaTypeError extends PlatformError {
  readonly status = 415;
}

/** 501: a path of the platform that is not emulated. */
export class NotImplementedError extends PlatformError {
  readonly status = 501;
}
