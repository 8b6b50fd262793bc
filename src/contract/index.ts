import type { OpenAPIObject } from 'openapi3-ts/oas31';

/**
 * The OpenAPI document of the emulated operations.
 *
 * Nothing of it is loaded before somebody asks: those who only test do not pay for it.
 *
 * @param url where the emulator answers, without the base path.
 */
export async function describeApi(url: string): Promise<OpenAPIObject> {
  const { openApiDocument } = await import('./document.ts');
  return openApiDocument(url);
}
