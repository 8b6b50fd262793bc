import type express from 'express';
import type { Target } from './paths.ts';

/** Headers as Node writes them without converting them: names and values by turns. */
export type RawHeaders = readonly string[];

/** An answer that has not gone out yet. */
export interface HeldAnswer {
  readonly status: number;
  readonly body: string | Uint8Array;
  /** Without those that every answer has. */
  readonly headers: RawHeaders;
}

/** What belongs to one request and its answer. A type and not an interface, because Express asks for that. */
export type Locals = {
  readonly target: Target;
  /** The headers of every answer. */
  head: RawHeaders;
  /** The `Elements-User-Password` header. */
  readonly userPassword: string | undefined;
  /** Is told the status, the body and its type when the answer goes out. */
  readonly recorder: { answered(status: number, body?: string | Uint8Array, type?: string): void };
  /** Takes the answer in place of the client; see hold-answer.ts. */
  hold?: ((answer: HeldAnswer) => void) | undefined;
};

export type Request = express.Request;
export type Response<L extends Locals = Locals> = express.Response<unknown, L>;

/** Answers a request, or throws; returns a promise only where it has to wait. */
export type Handler = (request: Request, response: Response) => void | Promise<void>;
