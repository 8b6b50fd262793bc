import { HttpError } from '../http/errors.ts';

/** The errors that rules throw; each is an answer of the platform. */
export { BadRequestError, ForbiddenError, NotFoundError } from '../http/errors.ts';

/**
 * 401, with the platform's one text for every cause.
 *
 * `reason` is the cause in words. The journal has it, and no answer.
 */
export class UnauthorizedError extends HttpError {
  readonly status = 401;
  readonly reason: string;

  constructor(reason: string) {
    super('Invalid Organization or User secret, or invalid Element token provided.');
    this.reason = reason;
  }
}

/** 401 for a wrong password. The rule has counted it: this is the only error that comes with a change to save. */
export class WrongPasswordError extends UnauthorizedError {}

/** 409: the change would break a rule between records. */
export class ConflictError extends HttpError {
  readonly status = 409;
}

/** 501: the path belongs to a part of the platform that is not emulated. */
export class NotImplementedError extends HttpError {
  readonly status = 501;
}
