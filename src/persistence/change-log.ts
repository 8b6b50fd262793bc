import { createHash } from 'node:crypto';
import type { ChangeSteps } from '../state/change-steps.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/**
 * The format of the change log. Each line is an entry: JSON, a space, and the first digits of its SHA-256. The first
 * line says which text of the data file the log continues; each later line has the changes of one flush, or a mark. An
 * incomplete last line was never acknowledged and is ignored; the first line is always complete.
 */
const version = 1;

/** The changes of one flush; the first line and marks have no operations. */
export interface Entry extends ChangeSteps {
  /** Entries are counted from 0. */
  readonly n: number;
  /** The mark: a data file with this digest has all changes up to here. */
  readonly of?: string;
  /** The version of the format, in the first line. */
  readonly log?: number;
}

/** The content of a log. */
export interface ChangeLog {
  readonly entries: readonly Entry[];
  /** The number of valid bytes: the rest is an incomplete line. */
  readonly length: number;
}

/** Writes the first line. */
export const encodeHeader = (of: string): string => encodeEntry({ log: version, n: 0, of, operations: [] });

/** Writes an entry as its line. */
export function encodeEntry(entry: Entry): string {
  const json = JSON.stringify(entry);
  return `${json} ${sumOf(json)}\n`;
}

const sumOf = (json: string | Buffer): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

/** Reads a log. Returns what is wrong with it when it is damaged, is not a log, or has a newer version. */
export function decodeLog(bytes: Buffer): ChangeLog | string {
  let length = bytes.indexOf('\n') + 1;
  const first = decodeLine(bytes.subarray(0, Math.max(length - 1, 0)));
  if (first?.log === undefined) return 'its first line is not that of a change log';
  if (first.log > version) {
    return `a newer version of the emulator has written it (${first.log}: this one knows ${version})`;
  }
  const entries = [first];
  while (length < bytes.length) {
    const end = bytes.indexOf('\n', length);
    const entry = end === -1 ? undefined : decodeLine(bytes.subarray(length, end));
    if (entry === undefined && (end === -1 || end === bytes.length - 1)) break;
    if (entry === undefined) return `its line ${entries.length + 1} is damaged`;
    if (entry.n !== entries.length) return `its line ${entries.length + 1} does not belong there`;
    entries.push(entry);
    length = end + 1;
  }
  return { entries, length };
}

/** Parses a line; `undefined` when it is not as it was written. */
function decodeLine(line: Buffer): Entry | undefined {
  const json = line.subarray(0, Math.max(line.length - 17, 0));
  if (line.toString('latin1', json.length) !== ` ${sumOf(json)}`) return undefined;
  const text = decodeUtf8(json);
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isEntry(value) ? value : undefined;
}

// The checksum proves that the line is as it was written.
const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

/** Whether an entry changes something: the first line and marks do not. */
export const isChange = ({ of }: Entry): boolean => of === undefined;

/**
 * The changes that a data file does not have; `undefined` when the log does not belong to its text.
 *
 * A file with the text that the log continues has none of them, also when a mark names that text: the process was
 * killed during a reset, before it was acknowledged.
 */
export function changesSince({ entries }: ChangeLog, digest: string): Entry[] | undefined {
  const at = entries[0]?.of === digest ? 0 : entries.findLastIndex(({ of }) => of === digest);
  return at === -1 && entries.some(isChange) ? undefined : entries.slice(at).filter(isChange);
}
