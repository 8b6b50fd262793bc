import { basePath } from '../http/paths.ts';
import * as answers from '../platform/answer.ts';
import * as bodies from '../platform/fields.ts';
import { operations } from '../platform/operations.ts';
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
 * @param url where the emulator answers, without the base path. Default: where the command does.
 */
export async function describeApi(url = 'http://127.0.0.1:4600'): Promise<ApiDescription> {
  // Nothing of it is loaded before somebody asks: those who only test do not pay for it.
  const { openApiDocument } = await import('./document.ts');
  const roleKeys = roles.map(({ key }) => key);
  return { ...openApiDocument(url, { operations, answers, bodies, roleKeys, maxPageSize, basePath, version }) };
}
