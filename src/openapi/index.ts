import { basePath } from '../http/paths.ts';
import { resources } from '../platform/operations.ts';
import { maxPageSize } from '../platform/paging.ts';
import { roles } from '../platform/roles/roles.ts';
import { version } from '../text/version.ts';

/** An OpenAPI document. */
export interface ApiDescription {
  /** The version of OpenAPI. */
  readonly openapi: string;
  readonly [field: string]: unknown;
}

/**
 * The OpenAPI document of the emulated operations, as `GET /__emulator/openapi.json` answers it.
 *
 * @param url where the emulator answers, without the base path. Default: the default address of the command.
 */
export async function describeApi(url = 'http://127.0.0.1:4600'): Promise<ApiDescription> {
  // A separate file of the package. Jest has no `import()` without a flag.
  const { openApiDocument }: typeof import('./document.ts') = require('./document.ts');
  const roleKeys = roles.map(({ key }) => key);
  return { ...openApiDocument(url, { resources, roleKeys, maxPageSize, basePath, version }) };
}
