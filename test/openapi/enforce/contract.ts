import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenAPIObject, OperationObject, ReferenceObject, ResponseObject } from 'openapi3-ts/oas31';

/** An answer as it goes out. */
export interface Answer {
  readonly method: string;
  /** Below the base path, without the query. */
  readonly path: string;
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The verdict on an answer. */
export interface Judgement {
  /** The differences from the document; empty for an answer as documented. */
  readonly faults: readonly string[];
  /** The documented answer, such as `getAccounts 200`; absent when it is not from an operation. */
  readonly answer?: string;
}

interface Place {
  /** Any text in place of the parameters. */
  readonly matches: RegExp;
  /** With ids where there are to be ids, and emails where there can be. */
  readonly fits: RegExp;
  readonly pointer: string;
  readonly operations: Readonly<Record<string, OperationObject | undefined>>;
}

/** Matches a segment that is not an id. */
const forms: Readonly<Record<string, string>> = { key: '[^/]+', emailOrId: '(?:-?\\d+|[^/]*(?:@|%40)[^/]*)' };

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Judges answers by an OpenAPI document; each schema is compiled at its first use. */
export class Contract {
  readonly #document: OpenAPIObject;
  readonly #ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, validateSchema: false });
  readonly #places: readonly Place[];
  /** The places of paths that were judged, which are judged again and again. */
  readonly #found = new Map<string, readonly Place[]>();

  constructor(published: OpenAPIObject) {
    const document = closed(published);
    this.#document = document;
    this.#ajv
      .addFormat('date', /^\d{4}-\d\d-\d\d$/)
      .addFormat('int64', true)
      .addFormat('password', true);
    // Its schemas refer to each other from the root of the document.
    this.#ajv.addVocabulary(Object.keys(document)).addSchema(document, 'document');
    // A fixed path comes before one with parameters.
    const paths = Object.keys(document.paths ?? {}).sort((a, b) => a.split('{').length - b.split('{').length);
    this.#places = paths.map((path) => ({
      matches: pathPattern(path, () => '[^/]+'),
      fits: pathPattern(path, (name) => forms[name] ?? '-?\\d+'),
      pointer: `/paths/${pointerOf(path)}`,
      operations: Object.fromEntries(methods.map((method) => [method, document.paths?.[path]?.[method]])),
    }));
  }

  /** Every documented answer. */
  get answers(): string[] {
    const operations = this.#places.flatMap((place) => Object.values(place.operations));
    return operations.flatMap((operation) =>
      Object.keys(operation?.responses ?? {})
        .filter((status) => status !== 'default')
        .map((status) => `${operation?.operationId} ${status}`),
    );
  }

  judge(answer: Answer): Judgement {
    const places = this.#placesOf(answer.path, answer.status === 501);
    const method = answer.method === 'HEAD' ? 'get' : answer.method.toLowerCase();
    const place = places.find(({ operations }) => operations[method] !== undefined);
    const operation = place?.operations[method];
    if (place === undefined || operation === undefined) return { faults: this.#judgeUnmatched(answer, places.length) };

    const response: ResponseObject | ReferenceObject | undefined = operation.responses?.[answer.status];
    const name = `${operation.operationId} ${answer.status}`;
    if (response === undefined) return { faults: [`${name} is not documented`] };
    const faults = this.#judgeResponse(answer, response, `${place.pointer}/${method}/responses/${answer.status}`);
    return { faults: faults.map((fault) => `${name}: ${fault}`), answer: name };
  }

  #placesOf(path: string, isNotEmulated: boolean): readonly Place[] {
    const key = `${isNotEmulated} ${path}`;
    const places =
      this.#found.get(key) ??
      this.#places.filter(({ matches, fits }) => isWellFormed(path) && (isNotEmulated ? fits : matches).test(path));
    this.#found.set(key, places);
    return places;
  }

  /** An answer that is not from an operation: an unknown path or verb, a path that is not emulated, a preflight. */
  #judgeUnmatched(answer: Answer, places: number): string[] {
    const { method, status, headers, body } = answer;
    if (method === 'OPTIONS' && status === 200 && body === '' && headers.has('allow')) return [];
    const expected = places > 0 ? [405] : [404, 501];
    if (!expected.includes(status))
      return [`status ${status} where no operation is, in place of ${expected.join(', ')}`];
    if (status === 405 && !headers.has('allow')) return ['405 without Allow'];
    return this.#judgeResponse(answer, { $ref: '#/components/responses/NotFound' }, '');
  }

  #judgeResponse(answer: Answer, response: ResponseObject | ReferenceObject, pointer: string): string[] {
    if (!isReference(response)) {
      return [...this.#judgeHeaders(answer, response), ...this.#judgeBody(answer, response, pointer)];
    }
    const shared = this.#document.components?.responses?.[response.$ref.replace(/.*\//, '')];
    if (shared === undefined) throw new Error(`The document has nothing at ${response.$ref}.`);
    return this.#judgeResponse(answer, shared, response.$ref.slice(1));
  }

  #judgeHeaders({ headers }: Answer, response: ResponseObject): string[] {
    return Object.keys(response.headers ?? {}).flatMap((name) => {
      const header = this.#document.components?.headers?.[name];
      if (header === undefined || isReference(header)) throw new Error(`The document has no header ${name}.`);
      const { required = false } = header;
      const text = headers.get(name.toLowerCase());
      if (text === undefined) return required ? [`header ${name} is missing`] : [];
      const value = /^\d+$/.test(text) && name.endsWith('-Count') ? Number(text) : text;
      return this.#check(`/components/headers/${name}/schema`, value).map((fault) => `header ${name} ${fault}`);
    });
  }

  #judgeBody({ headers, body }: Answer, response: ResponseObject, pointer: string): string[] {
    const type = headers.get('content-type');
    if (response.content === undefined) {
      return [
        ...(type === undefined ? [] : [`Content-Type ${type} of an empty body`]),
        ...(body === '' ? [] : ['a body']),
      ];
    }
    if (type !== 'application/json; charset=utf-8') return [`Content-Type is ${type}`];
    const value: unknown = JSON.parse(body);
    return this.#check(`${pointer}/content/application~1json/schema`, value).map((fault) => `body${fault}`);
  }

  #check(pointer: string, value: unknown): string[] {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(`document#${pointer}`);
    if (validate === undefined) throw new Error(`The document has nothing at ${pointer}.`);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      return `${instancePath} ${message} ${JSON.stringify(params)}`;
    });
  }
}

/**
 * The document with answers that allow no additional fields. The published one leaves them open, for clients that have
 * to accept what the platform will add.
 */
function closed(document: OpenAPIObject): OpenAPIObject {
  return JSON.parse(JSON.stringify(document), (_, value) => {
    const isOpen = value?.type === 'object' && value.properties !== undefined && value.additionalProperties !== true;
    return isOpen ? { ...value, additionalProperties: false } : value;
  });
}

function isReference(value: object): value is ReferenceObject {
  return '$ref' in value;
}

/** A path with malformed percent-encoding names nothing. */
function isWellFormed(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function pathPattern(path: string, parameter: (name: string) => string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, (_, name) => parameter(name))}$`);
}

function pointerOf(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
