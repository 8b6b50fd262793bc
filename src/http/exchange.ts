import type express from 'express';
import type { Target } from './paths.ts';

/** Headers in the form that Node writes without a conversion: names and values alternate. */
export type RawHeaders = readonly string[];

/** An answer before it is sent. */
export interface HeldAnswer {
  readonly status: number;
  readonly body: string | Uint8Array;
  /** Without the headers of every answer. */
  readonly headers: RawHeaders;
}

/** The data of one request and its answer. A type and not an interface, because Express needs that. */
export type Locals = {
  readonly target: Target;
  /** The headers of every answer. */
  head: RawHeaders;
  /** The `Elements-User-Password` header. */
  readonly userPassword: string | undefined;
  /** Called with the status, the body and its type when the answer is sent. */
  readonly recorder: { answered(status: number, body?: string | Uint8Array, type?: string): void };
  /** Gets the answer in place of the client; see hold-answer.ts. */
  hold?: ((answer: HeldAnswer) => void) | undefined;
};

export type Request = express.Request;
export type Response<L extends Locals = Locals> = express.Response<unknown, L>;

/** Answers a request, or throws; returns a promise only where it has to wait. */
export type Handler = (request: Request, response: Response) => void | Promise<void>;
