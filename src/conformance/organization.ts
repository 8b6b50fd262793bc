import type { Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import { CompareError, ConnectionError, StoppedError } from './errors.ts';
import { isRecord, type JsonRecord } from './json.ts';

/** Where the platform's API is on its hosts. */
const basePath = '/elements/api-v2';

/**
 * The organization whose credentials the caller has. It is the first call, and shows whether this is the platform.
 *
 * @throws {CompareError} when there is no answer, it is not that of this platform, or the credentials are refused.
 */
export async function readOrganization(caller: Caller, baseUrl: string): Promise<JsonRecord> {
  const answer = await caller.get('/organizations/me').catch((error: unknown) => {
    if (error instanceof ConnectionError || error instanceof StoppedError) throw new CompareError(`${error.message}.`);
    throw error;
  });
  if (answer.status === 200 && isRecord(answer.body) && typeof answer.body.id === 'number') return answer.body;
  throw new CompareError(whyNot(answer, baseUrl));
}

function whyNot({ call, status, headers, body }: Answer, baseUrl: string): string {
  const where = `${baseUrl}: ${call} was answered ${status}`;
  if (status === 401) {
    return `${where}: the server does not accept CE_USER_SECRET and CE_ORGANIZATION_SECRET (userSecret, organizationSecret).`;
  }
  if (status >= 300 && status < 400) {
    const target = headers.get('location') ?? 'nowhere';
    return `${where}, a redirect to ${target.split('?')[0]}: give the address of the API itself.`;
  }
  if (status === 429) return `${where} again and again: try later.`;
  if (status >= 500) return `${where}: the server fails; try later.`;
  const type = headers.get('content-type')?.split(';')[0];
  const what = isRecord(body) ? 'JSON that is no organization' : `${type ?? 'something'} that is no JSON`;
  const hint = baseUrl.endsWith(basePath) ? '' : ` Did you mean ${new URL(baseUrl).origin}${basePath}?`;
  return `${where} with ${what}: there is no Cloud Elements platform at this address.${hint}`;
}
