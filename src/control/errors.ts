import { PlatformError } from '../platform/errors.ts';

/** 403: a control endpoint was called from somewhere else than this machine. */
export class FenceError extends PlatformError {
  readonly status = 403;
}

/** 503: the emulator cannot do it now. */
export class UnavailableError extends PlatformError {
  readonly status = 503;
}
