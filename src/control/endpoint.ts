import type { Static, TObject } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { Errors } from '@sinclair/typebox/errors';
import { Check } from '@sinclair/typebox/value';
import { BadRequestError } from '../http/errors.ts';
import type { Request, Response } from '../http/exchange.ts';
import { readQuery } from '../http/request.ts';
import { messageOf } from '../text/message-of.ts';
import { describeSchema } from '../text/schema-words.ts';
import type { Controls } from './controls.ts';

/** A call of a control endpoint, read from the request. */
export interface ControlCall<Q = unknown, B = unknown> {
  readonly controls: Controls;
  /** The address of the emulator in the request, such as `http://127.0.0.1:4600`. */
  readonly url: string;
  /** The part of the path in braces. */
  readonly name: string;
  readonly query: Q;
  readonly body: B;
}

/** The body of an endpoint: its schema, and how it is read. */
export interface BodyType<B> {
  readonly schema: TObject;
  /** @throws {Error} for a body that cannot be used. */
  read(body: unknown): B;
}

interface Description {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /__emulator. */
  readonly path: string;
}

interface Row<Q extends TObject, B> extends Description {
  /** The parameters that it reads. A closed schema refuses others; without a schema all are ignored. */
  readonly query?: Q;
  /** The body that it reads. */
  readonly body?: BodyType<B>;
  handler(call: ControlCall<Static<Q>, B>): unknown;
}

/** One row of the table of control endpoints; its result is sent as JSON with status 200. */
export interface Endpoint extends Description {
  handle(call: ControlCall<URLSearchParams | undefined>): unknown;
}

/** A row that does not answer JSON. */
export interface RawEndpoint {
  readonly method: 'GET';
  readonly path: string;
  /** Whether it is a page, which a link on another site may open. */
  readonly isPage?: boolean;
  respond(request: Request, response: Response, controls: Controls): void | Promise<void>;
}

/** A row with its handler, typed by the schemas of its query and body. */
export function endpoint<Q extends TObject = TObject, B = undefined>(row: Row<Q, B>): Endpoint {
  const { method, path, query: schema = Type.Object({}), body: type, handler } = row;
  return {
    method,
    path,
    handle: ({ query, body, ...call }) =>
      handler({
        ...call,
        query: readParameters(schema, query),
        body: type === undefined ? (undefined as B) : asBadRequest(() => type.read(body)),
      }),
  };
}

/** A body with only the fields of the schema, which checks each of them. */
export function bodyOf<S extends TObject>(schema: S): BodyType<Static<S>> {
  return {
    schema,
    read: (body) => {
      const fields = requireObject(body);
      requireKnown(Object.keys(fields), schema, 'Field');
      return check(
        schema,
        fields,
        (name) => `Field '${name}' must be`,
        () => '',
      );
    },
  };
}

/**
 * Without a schema the query is ignored. A schema that is closed refuses parameters that it does not name. A blank
 * parameter counts as absent, unless the schema has `noBlank: true`: then it is an invalid value like others.
 */
function readParameters<Q extends TObject>(schema: Q, query: URLSearchParams | undefined): Static<Q> {
  if (schema.additionalProperties === false) requireKnown([...(query?.keys() ?? [])], schema, 'Parameter');
  const names = Object.keys(schema.properties);
  const parameters =
    schema.noBlank === true
      ? Object.fromEntries(names.flatMap((name) => (query?.has(name) ? [[name, query.get(name)]] : [])))
      : readQuery(query, names);
  return check(
    schema,
    parameters,
    (name) => `Parameter '${name}' must be`,
    (value) => `, not '${value}'`,
  );
}

/** @throws {BadRequestError} naming the first field that cannot be used. */
function check<S extends TObject>(
  schema: S,
  fields: object,
  begin: (name: string) => string,
  end: (value: unknown) => string,
): Static<S> {
  if (Check(schema, fields)) return fields;
  const issue = Errors(schema, fields).First();
  const name = issue?.path.split('/')[1] ?? '';
  throw new BadRequestError(`${begin(name)} ${describeSchema(schema.properties[name] ?? schema)}${end(issue?.value)}.`);
}

function requireKnown(names: readonly string[], { properties }: TObject, what: string): void {
  const unknown = names.find((name) => !Object.hasOwn(properties, name));
  if (unknown === undefined) return;
  const known = Object.keys(properties);
  const hint = known.length === 0 ? 'none is known' : `${known.join(', ')} are known`;
  throw new BadRequestError(`${what} '${unknown}' is unknown: ${hint}.`);
}

function requireObject(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new BadRequestError('The body must be a JSON object.');
}

/** Turns the errors of the emulator's own functions for invalid arguments into 400. */
export function asBadRequest<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new BadRequestError(messageOf(error));
  }
}
