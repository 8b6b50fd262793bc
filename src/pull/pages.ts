import type { Answer } from '../conformance/answer.ts';
import type { Caller } from '../conformance/caller.ts';
import { CompareError, ConnectionError } from '../conformance/errors.ts';
import { isRecord, type JsonRecord } from '../conformance/json.ts';

/** How many records a request asks for: the platform's own default. */
const pageSize = 200;

/** How often a request without an answer is repeated. */
const repetitions = 3;

/**
 * Asks for something to read.
 *
 * @throws {CompareError} when the server does not answer 200; `undefined` where it does not let the caller read.
 */
export async function readAnswer(caller: Caller, path: string, query = {}): Promise<Answer | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await caller.get(path, { query });
      if (answer.status === 200) return answer;
      if (answer.status === 403 || answer.status === 404) return undefined;
      if (answer.status < 500 || attempt === repetitions) throw unexpected(answer);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      if (attempt === repetitions) throw new CompareError(`GET ${path}: ${error.message}.`);
    }
  }
}

/**
 * All records of a list, page by page, each with an id of its own.
 *
 * @throws {CompareError} when the list cannot be read or does not end.
 */
export async function* readPages(caller: Caller, path: string): AsyncGenerator<JsonRecord & { id: number }> {
  const seen = new Set<number>();
  for (let offset = 0; ; offset += pageSize) {
    const answer = await readAnswer(caller, path, { includeInactive: true, pageSize, offset });
    // An empty list of users is 404.
    if (answer === undefined) return;
    const records = recordsOf(answer);
    const fresh = records.filter(({ id }) => !seen.has(id));
    if (records.length > 0 && fresh.length === 0) {
      throw new CompareError(`${answer.call} answers the same records again: the list does not end.`);
    }
    for (const record of fresh) {
      seen.add(record.id);
      yield record;
    }
    const total = Number(answer.headers.get('elements-total-count') ?? Number.NaN);
    if (records.length < pageSize || offset + pageSize >= total) return;
  }
}

function recordsOf(answer: Answer): (JsonRecord & { id: number })[] {
  if (Array.isArray(answer.body) && answer.body.every(hasId)) return answer.body;
  throw new CompareError(`${answer.call} was answered with something that is no list of records with ids.`);
}

function hasId(value: unknown): value is JsonRecord & { id: number } {
  return isRecord(value) && Number.isInteger(value.id);
}

function unexpected({ call, status }: Answer): CompareError {
  return new CompareError(`${call} was answered ${status}.`);
}
