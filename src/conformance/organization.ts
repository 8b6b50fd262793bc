import type { Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import { CompareError, ConnectionError, StoppedError } from './errors.ts';
import { isRecord, type JsonRecord } from './json.ts';

/** Where the platform's API is on its hosts. */
const basePath = '/elements/api-v2';

/**
 * The organization that the caller administers. These are the first calls, and show whether this is the platform.
 *
 * @throws {CompareError} when there is no answer, it is not that of this platform, the credentials are refused, or they
 * are not those of an administrator.
 */
export async function readOrganization(caller: Caller, baseUrl: string): Promise<JsonRecord> {
  const answer = await caller.get('/organizations/me').catch((error: unknown) => {
    if (!(error instanceof ConnectionError || error instanceof StoppedError)) throw error;
    // What a server that waits for TLS does about anything else.
    const mayBeTls =
      error instanceof ConnectionError && error.isClosed && !error.hasBegun && baseUrl.startsWith('http:');
    throw new CompareError(`${error.message}${mayBeTls ? '; perhaps its address begins with https://' : ''}.`);
  });
  const id = isRecord(answer.body) ? idOf(answer.body.id) : undefined;
  if (answer.status !== 200 || !isRecord(answer.body) || id === undefined) {
    throw new CompareError(`${baseUrl}: ${answer.call} was answered ${answer.status}${whyNot(answer, baseUrl)}`);
  }
  await requireAdministrator(caller, baseUrl);
  return { ...answer.body, id };
}

/** An id, which some servers have as text. */
function idOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** Everybody can read the organization, and nobody but administrators the accounts (seed 000). */
async function requireAdministrator(caller: Caller, baseUrl: string): Promise<void> {
  try {
    const { call, status } = await caller.get('/accounts', { query: { pageSize: 1 } });
    if (status !== 401 && status !== 403) return;
    const who = "'userSecret' is of a user who does not administer the organization";
    throw new CompareError(`${baseUrl}: ${call} was answered ${status}: ${who}. Take the secrets of one who does.`);
  } catch (error) {
    // The calls that come next will show whether the server is lost.
    if (error instanceof StoppedError) throw new CompareError(`${error.message}.`);
    if (!(error instanceof ConnectionError)) throw error;
  }
}

/** What the status of the first answer means, where it has a meaning on every server. */
const meanings: Readonly<Record<number, string>> = {
  401: "the server does not accept 'userSecret' and 'organizationSecret'.",
  403: 'the server, or a proxy before it, does not let this user or this machine in.',
  407: 'a proxy before the server asks for credentials of its own.',
  429: 'again and again: try later.',
  431: 'the secrets are too long for the server: copy them again.',
};

function whyNot(answer: Answer, baseUrl: string): string {
  const { status, headers } = answer;
  const meaning = meanings[status];
  if (meaning !== undefined) return status === 429 ? ` ${meaning}` : `: ${meaning}`;
  if (status >= 300 && status < 400) {
    return `, a redirect to ${placeOf(headers.get('location'), baseUrl)}: give the address of the API itself.`;
  }
  if (status >= 500) return ': the server fails; try later.';
  const hint = baseUrl.endsWith(basePath) ? '' : ` Did you mean ${new URL(baseUrl).origin}${basePath}?`;
  return ` with ${contentOf(answer)}: there is no Cloud Elements platform at this address.${hint}`;
}

function contentOf({ headers, text, body }: Answer): string {
  if (text.trim() === '') return 'an empty body';
  if (body !== undefined) return 'JSON that is no organization';
  return `${headers.get('content-type')?.split(';')[0] ?? 'something'} that is no JSON`;
}

/** The longest target of a redirect that is shown. */
const longest = 200;

/** Where a redirect leads, without credentials and query. */
function placeOf(location: string | null, baseUrl: string): string {
  if (location === null || !URL.canParse(location, baseUrl)) return 'nowhere';
  const { origin, host, protocol, pathname } = new URL(location, baseUrl);
  const isElsewhere = origin !== new URL(baseUrl).origin;
  const place = isElsewhere ? `${protocol}//${host}${pathname}` : pathname;
  return place.length > longest ? `${place.slice(0, longest)}…` : place;
}
