import { createHash } from 'node:crypto';
import type { Operations } from '../state/changes.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/**
 * The form of the change log. Each line is an entry: JSON, a space, and the first digits of its SHA-256. The first
 * line says which text of the data file the log continues; each further one is what one flush has kept, or a mark.
 * A last line that is not whole was never acknowledged, and does not count; the first one is always whole.
 */
const version = 1;

/** The first line: the digest of the text that the log continues. */
interface Header {
  readonly log: number;
  readonly of: string;
}

/** What one flush has kept; they are counted from 1. */
export interface Change extends Operations {
  readonly n: number;
}

/** A data file of this digest has everything above. */
export interface Mark {
  readonly mark: string;
}

/** What the text of a log says. */
export interface ChangeLog {
  readonly header: Header;
  readonly entries: readonly (Change | Mark)[];
  /** How many bytes count: what is beyond them was cut off. */
  readonly length: number;
}

/** A log that cannot be used; the message says why. */
export class LogError extends Error {}

export const encodeHeader = (of: string): string => encodeEntry({ log: version, of });

/** Writes an entry as its line. */
export function encodeEntry(entry: Header | Change | Mark): string {
  const json = JSON.stringify(entry);
  return `${json} ${sumOf(json)}\n`;
}

const sumOf = (json: string | Buffer): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

/** Reads a log. @throws {LogError} when it is damaged, something else, or of a newer version. */
export function decodeLog(bytes: Buffer): ChangeLog {
  const entries: (Change | Mark)[] = [];
  let length = bytes.indexOf('\n') + 1;
  let changes = 0;
  const header = decodeLine(bytes.subarray(0, Math.max(length - 1, 0)));
  if (header === undefined || !isHeader(header)) throw new LogError('its first line is not that of a change log');
  if (header.log > version) {
    throw new LogError(`a newer version of the emulator has written it (${header.log}: this one knows ${version})`);
  }
  for (let line = 2; length < bytes.length; line++) {
    const end = bytes.indexOf('\n', length);
    const entry = end === -1 ? undefined : decodeLine(bytes.subarray(length, end));
    if (entry === undefined && (end === -1 || end === bytes.length - 1)) break;
    if (entry === undefined) throw new LogError(`its line ${line} is damaged`);
    if (isChange(entry)) changes += 1;
    if (!isMark(entry) && !(isChange(entry) && entry.n === changes)) {
      throw new LogError(`its line ${line} does not belong there`);
    }
    entries.push(entry);
    length = end + 1;
  }
  return { header, entries, length };
}

/** What a line says; `undefined` when it is not as it was written. */
function decodeLine(line: Buffer): object | undefined {
  const json = line.subarray(0, Math.max(line.length - 17, 0));
  if (line.toString('latin1', json.length) !== ` ${sumOf(json)}`) return undefined;
  const text = decodeUtf8(json);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/**
 * The changes that a data file lacks; `undefined` when the log is not of its text.
 *
 * A file with the text that the log continues lacks all of them, also when a mark names that text: a reset was
 * killed then, before it was acknowledged.
 */
export function changesSince({ header, entries }: ChangeLog, digest: string): Change[] | undefined {
  const changes = entries.filter(isChange);
  if (changes.length === 0 || header.of === digest) return changes;
  const at = entries.findLastIndex((entry) => isMark(entry) && entry.mark === digest);
  return at === -1 ? undefined : entries.slice(at).filter(isChange);
}

// The checksum proves that the rest of a line is as it was written.
const isHeader = (entry: object): entry is Header => 'log' in entry && typeof entry.log === 'number' && 'of' in entry;
const isMark = (entry: object): entry is Mark => 'mark' in entry;
const isChange = (entry: object): entry is Change => 'n' in entry && 'operations' in entry;
