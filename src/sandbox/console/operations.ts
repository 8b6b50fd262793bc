/** The parts of an OpenAPI 3.1 document that the console needs. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathOperation>>>>;
  readonly components?: { readonly parameters?: Readonly<Record<string, OpenApiParameter>> };
}

interface PathOperation {
  readonly operationId: string;
  /** The path as the documents print it, where that differs. */
  readonly 'x-path'?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (OpenApiParameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly security?: readonly unknown[];
}

interface Media {
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

interface OpenApiParameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly examples?: Media['examples'];
  readonly schema?: { readonly type?: string; readonly default?: unknown };
}

/** A field to fill in. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly isFlag: boolean;
  /** An example value. */
  readonly hint: string;
}

/** One operation, as the console offers it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Below the base path, as the documents print it: parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: string;
  readonly parameters: readonly Parameter[];
  /** The example of its body; `undefined` when it takes none. */
  readonly body: string | undefined;
  /** Whether it needs no credentials. */
  readonly isOpen: boolean;
}

/** Reads every operation of the contract, in its order. */
export function readOperations({ paths, components }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.operationId !== undefined)
      .map(([method, operation]) => ({
        id: operation.operationId,
        method: method.toUpperCase(),
        path: operation['x-path'] ?? path,
        summary: operation.summary ?? operation.operationId,
        description: operation.description ?? '',
        tag: operation.tags?.[0] ?? 'other',
        parameters: (operation.parameters ?? []).flatMap((given) => {
          const parameter = '$ref' in given ? components?.parameters?.[given.$ref.split('/').at(-1) ?? ''] : given;
          return parameter === undefined ? [] : readParameter(parameter, ownNames(path, operation['x-path']));
        }),
        body: readExample(operation.requestBody?.content['application/json']),
        isOpen: operation.security?.length === 0,
      })),
  );
}

/** The names of path parameters in the documents, by their names in the contract. */
function ownNames(path: string, own = path): ReadonlyMap<string, string> {
  const [names, theirs] = [path, own].map((each) => [...each.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  return new Map(names?.map((name, index) => [name, theirs?.[index] ?? name]));
}

function readParameter(
  { name: given, in: place, description = '', examples, schema }: OpenApiParameter,
  names: ReadonlyMap<string, string>,
): Parameter[] {
  const name = place === 'path' ? (names.get(given) ?? given) : given;
  if (place !== 'path' && place !== 'query' && place !== 'header') return [];
  const hint = schema?.default ?? firstOf(examples) ?? '';
  return [{ name, in: place, description, isFlag: schema?.type === 'boolean', hint: String(hint) }];
}

function readExample(media: Media | undefined): string | undefined {
  if (media === undefined) return undefined;
  return JSON.stringify(firstOf(media.examples) ?? {}, null, 2);
}

function firstOf(examples: Media['examples']): unknown {
  return Object.values(examples ?? {})[0]?.value;
}
