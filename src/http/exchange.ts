import type express from 'express';
import type { Target } from './paths.ts';

/** Headers as Node writes them without converting them: names and values by turns. */
export type RawHeaders = readonly string[];

/** What belongs to one request and its answer. A type and not an interface, because Express asks for that. */
export type Locals = {
  readonly target: Target;
  /** The headers of every answer. */
  head: RawHeaders;
  /** The `Elements-User-Password` header. */
  readonly userPassword: string | undefined;
  /** Is told the status when the answer goes out. */
  readonly recorder: { answered(status: number): void };
};

export type Request = express.Request;
export type Response<L extends Locals = Locals> = express.Response<unknown, L>;

/** Answers a request, or throws; returns a promise only where it has to wait. */
export type Handler = (request: Request, response: Response) => void | Promise<void>;
