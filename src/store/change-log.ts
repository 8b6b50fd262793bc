import { createHash, type Hash } from 'node:crypto';
import { decodeUtf8 } from '../utf8.ts';
import { fixtureText, inTurns } from './fixture-text.ts';
import type { Operations } from './operations.ts';
import type { State } from './state.ts';

/**
 * The form of the change log: what has been changed since a data file was written.
 *
 * It is a text of one entry a line: JSON, a space, and the first digits of its SHA-256. The first line
 * says which text of the data file it continues; each further one is what one flush has kept, or a mark.
 * A line of which the end is missing was never acknowledged, and counts for nothing.
 */

export const logVersion = 1;

/** The first line: the digest of the text that the log continues, and the number of the last change in that. */
export interface Header {
  readonly log: number;
  readonly of: string;
  readonly after: number;
}

/** What one flush has kept. */
export interface Change extends Operations {
  readonly n: number;
}

/** Another state in place of all before, as a fixture. */
export interface World {
  readonly n: number;
  readonly world: unknown;
}

/** A promise: a data file of this digest has all changes up to a number in it. */
export interface Mark {
  readonly mark: string;
  readonly through: number;
}

/** What the text of a log says. */
export interface ChangeLog {
  /** Absent when nothing that counts has been written. */
  readonly header: Header | undefined;
  readonly changes: readonly (Change | World)[];
  readonly marks: readonly Mark[];
  /** How many bytes count: what is beyond them was cut off. */
  readonly length: number;
}

/** A log that cannot be used; the message says why. */
export class LogError extends Error {
  override readonly name = 'LogError';
}

/** Writes an entry as its line. */
export function encodeEntry(entry: Header | Change | Mark): string {
  const json = JSON.stringify(entry);
  return `${json} ${sumOf(createHash('sha256').update(json))}\n`;
}

/**
 * Writes a whole state as its line, in pieces: it can be very large.
 *
 * @param before lines that come before it.
 */
export async function* encodeWorld(n: number, state: State, before = ''): AsyncGenerator<Buffer, void> {
  yield Buffer.from(before);
  const hash = createHash('sha256');
  for await (const piece of inTurns(worldText(n, state))) {
    hash.update(piece);
    yield piece;
  }
  yield Buffer.from(` ${sumOf(hash)}\n`);
}

function* worldText(n: number, state: State): Generator<string, void> {
  yield `{"n":${n},"world":`;
  yield* fixtureText(state, 0);
  yield '}';
}

function sumOf(hash: Hash): string {
  return hash.digest('hex').slice(0, 16);
}

/** Reads a log. @throws {LogError} when it is damaged, or a newer version has written it. */
export function decodeLog(bytes: Buffer): ChangeLog {
  const changes: (Change | World)[] = [];
  const marks: Mark[] = [];
  let header: Header | undefined;
  let length = 0;
  for (let line = 1; length < bytes.length; line++) {
    const end = bytes.indexOf('\n', length);
    const entry = end === -1 ? undefined : decodeLine(bytes.subarray(length, end));
    if (entry === undefined) {
      const isLast = end === -1 || end === bytes.length - 1;
      if (isLast) break;
      throw new LogError(`its line ${line} is damaged`);
    }
    if (line === 1) header = readHeader(entry);
    else if (isMark(entry)) marks.push(entry);
    else if (isChange(entry) && entry.n === (header?.after ?? 0) + changes.length + 1) changes.push(entry);
    else throw new LogError(`its line ${line} does not belong there`);
    length = end + 1;
  }
  return { header, changes, marks, length };
}

/** What a line says; `undefined` when it is not as it was written. */
function decodeLine(line: Buffer): object | undefined {
  const at = line.length - 17;
  if (at < 2 || line[at] !== 0x20) return undefined;
  const json = line.subarray(0, at);
  if (sumOf(createHash('sha256').update(json)) !== line.toString('latin1', at + 1)) return undefined;
  const text = decodeUtf8(json);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}

function readHeader(entry: object): Header {
  if (!isHeader(entry)) throw new LogError('its first line is none of a change log');
  if (entry.log > logVersion) {
    throw new LogError(`a newer version of the emulator has written it (${entry.log}: this one knows ${logVersion})`);
  }
  return entry;
}

/**
 * The changes that a data file lacks; `undefined` when they are of another text than it has.
 *
 * When the file has the text that the log continues, all of them are to be made again: also where a mark
 * names the same text, because going from one text to itself and on comes to the same end.
 */
export function changesSince({ header, changes, marks }: ChangeLog, digest: string): ChangeLog['changes'] | undefined {
  if (changes.length === 0 || header?.of === digest) return changes;
  const mark = marks.findLast((each) => each.mark === digest);
  return mark && changes.filter(({ n }) => n > mark.through);
}

// The checksum proves that the rest of a line is as it was written.
function isHeader(entry: object): entry is Header {
  return 'log' in entry && typeof entry.log === 'number' && 'of' in entry && 'after' in entry;
}

function isMark(entry: object): entry is Mark {
  return 'mark' in entry && 'through' in entry;
}

function isChange(entry: object): entry is Change | World {
  return 'n' in entry && ('operations' in entry || 'world' in entry);
}
