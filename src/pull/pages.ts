import type { Answer } from '../conformance/answer.ts';
import type { Caller } from '../conformance/caller.ts';
import { CompareError, ConnectionError } from '../conformance/errors.ts';
import { isRecord, type JsonRecord } from '../conformance/json.ts';

/** How many records a request asks for: the platform's own default. */
const pageSize = 200;

/** How often a request without an answer is repeated. */
const repetitions = 3;

/** More records than any list has: a list that goes on does not end. */
const mostRecords = 1_000_000;

/** A record of a list; an id as text has become a number. */
export type Listed = JsonRecord & { readonly id: number };

/** The server does not let the caller read something, or does not have it. */
export class NotReadable extends CompareError {
  /** Such as `GET /accounts was answered 403`. */
  readonly reason: string;
  readonly answer: Answer;

  constructor(answer: Answer, what = String(answer.status)) {
    const reason = `${answer.call} was answered ${what}`;
    super(`${reason}.`);
    this.reason = reason;
    this.answer = answer;
  }
}

/**
 * Asks for something to read.
 *
 * @throws {NotReadable} for another status than 200 that a repetition would not change.
 * @throws {CompareError} when the server fails again and again.
 */
export async function readAnswer(caller: Caller, path: string, query = {}): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await caller.get(path, { query });
      if (answer.status === 200) return answer;
      if (answer.status === 429) throw new CompareError(`${answer.call} was answered 429 again and again: try later.`);
      if (answer.status < 500 || answer.status === 501) throw new NotReadable(answer);
      if (attempt === repetitions) throw new CompareError(`${answer.call} was answered ${answer.status}.`);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      if (attempt === repetitions) throw new CompareError(`GET ${path}: ${error.message}.`);
    }
  }
}

/** A list that comes as a whole. @throws {NotReadable} @throws {CompareError} as `readAnswer` does. */
export async function readList(caller: Caller, path: string): Promise<unknown[]> {
  const answer = await readAnswer(caller, path);
  if (Array.isArray(answer.body)) return answer.body;
  throw new NotReadable(answer, 'with something that is no list');
}

/** Takes note of what is left out of a list, and why. */
type Note = (what: string, why: string) => void;

/**
 * All records of a list, each with an id of its own. Every page begins after the records that have come, however few
 * they are: servers can have smaller pages than they are asked for.
 *
 * @throws {NotReadable} when the server does not let the caller read the list.
 * @throws {CompareError} when the list cannot be read or does not end.
 */
export async function* readPages(caller: Caller, path: string, note: Note): AsyncGenerator<Listed> {
  const seen = new Set<number>();
  let [came, total]: [number, number | undefined] = [0, undefined];
  while (total === undefined || came < total) {
    const answer = await readPage(caller, path, came);
    const entries = answer === undefined ? [] : entriesOf(answer);
    if (answer === undefined || entries.length === 0) {
      if (total !== undefined) note('records of a list', `GET ${path} announced ${total} and had ${came}`);
      return;
    }
    const records = entries.flatMap(withId);
    if (records.length < entries.length) note('a record without an id', answer.call);
    const fresh = records.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0) throw endless(answer, 'answers the same records again');
    if (seen.size > mostRecords) throw endless(answer, 'has more than a million records');
    for (const record of fresh) {
      if (seen.has(record.id)) continue;
      seen.add(record.id);
      yield record;
    }
    came += entries.length;
    total = totalOf(answer, came);
  }
}

/** A page; `undefined` for a list without users, which is 404. */
async function readPage(caller: Caller, path: string, offset: number) {
  try {
    return await readAnswer(caller, path, { includeInactive: true, pageSize, offset });
  } catch (error) {
    // Also on a later page: what has come is kept, and a note says what was announced.
    if (error instanceof NotReadable && path.endsWith('/users') && isNoUsers(error.answer)) return undefined;
    throw error;
  }
}

/** Whether this is the answer of a list without users (seed 000), and not of an account that is gone. */
function isNoUsers({ status, body }: Answer): boolean {
  return status === 404 && isRecord(body) && /^no users found/i.test(String(body.message));
}

function entriesOf({ call, body }: Answer): unknown[] {
  if (Array.isArray(body) && (body.length === 0 || body.flatMap(withId).length > 0)) return body;
  throw new CompareError(`${call} was answered with something that is no list of records with ids.`);
}

function withId(value: unknown): Listed[] {
  if (!isRecord(value)) return [];
  const id = typeof value.id === 'string' && /^\d{1,15}$/.test(value.id) ? Number(value.id) : value.id;
  return typeof id === 'number' && Number.isInteger(id) ? [{ ...value, id }] : [];
}

/** How many records the list has; `undefined` when the server does not say, or says less than have come. */
function totalOf({ headers }: Answer, came: number): number | undefined {
  const text = headers.get('elements-total-count') ?? '';
  return /^\d+$/.test(text) && Number(text) >= came ? Number(text) : undefined;
}

function endless({ call }: Answer, what: string): CompareError {
  return new CompareError(`${call} ${what}: the list does not end.`);
}
