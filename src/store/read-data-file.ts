import { existsSync, readFileSync } from 'node:fs';
import { describeFileError } from '../file-error.ts';
import { logPathOf } from './beside.ts';
import { type ChangeLog, changesSince, decodeLog, LogError } from './change-log.ts';
import type { Filled } from './fill-fixture.ts';
import { FixtureError } from './fixture-error.ts';
import { digestOf } from './fixture-text.ts';
import { parseJson } from './load-fixture.ts';
import type { State } from './state.ts';
import { UniqueError } from './table.ts';

/** A data file with the changes in its log. */
export interface DataFile {
  readonly state: State;
  /** Whether the same would be read again: else something had to be filled in. */
  readonly isWhole: boolean;
  /** The digest and the length of the file's own text. */
  readonly digest: string;
  readonly size: number;
  readonly log: ReadLog;
}

/** What was found of a log. */
export interface ReadLog {
  /** How many bytes of it count, and whether there are more. */
  readonly length: number;
  readonly isLonger: boolean;
  /** The number of the last change. */
  readonly last: number;
}

/**
 * Reads a data file and its log, and changes neither; `undefined` when there is no file.
 *
 * @param build makes a state of a fixture, or throws a FixtureError.
 * @param remedy what to do about a file that is not JSON.
 * @throws {FixtureError} when they cannot be used, or do not belong together.
 */
export function readDataFile(
  path: string,
  build: (fixture: unknown, source: string) => Filled,
  remedy = 'mend it, or remove it to start anew',
): DataFile | undefined {
  const log = readLog(path);
  const [count, name] = [counted(log.changes.length), logPathOf(path)];
  if (!existsSync(path)) {
    if (log.changes.length === 0) return undefined;
    const hint = `put the file back, or remove ${name} to start anew`;
    throw new FixtureError(path, '', `the file is missing, and ${name} has ${count} to it: ${hint}`);
  }
  const bytes = readBytes(path, path);
  const digest = digestOf(bytes);
  const changes = changesSince(log, digest);
  if (changes === undefined) {
    const what = `the file was changed or replaced while ${name} had ${count} to it as it was`;
    throw new FixtureError(path, '', `${what}: put that file back, or remove ${name} to go on without them`);
  }
  const fixture = parseJson(bytes, path, remedy);
  const { state, isWhole } = replay(() => build(fixture, path), changes, path, build);
  // A log without changes is begun anew.
  const length = log.changes.length === 0 ? 0 : log.length;
  const last = log.changes.at(-1)?.n ?? 0;
  return { state, isWhole, digest, size: bytes.length, log: { length, isLonger: log.size > length, last } };
}

function readLog(path: string): ChangeLog & { readonly size: number } {
  const name = logPathOf(path);
  const bytes = existsSync(name) ? readBytes(name, path) : Buffer.alloc(0);
  try {
    return { ...decodeLog(bytes), size: bytes.length };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw unusable(path, error.message);
  }
}

function replay(
  start: () => Filled,
  changes: ChangeLog['changes'],
  path: string,
  build: (fixture: unknown, source: string) => Filled,
): Filled {
  // What came before another world has no part in it.
  const from = changes.findLastIndex((change) => 'world' in change);
  const world = changes[from];
  const filled = world !== undefined && 'world' in world ? build(world.world, logPathOf(path)) : start();
  for (const change of changes.slice(from + 1)) {
    if ('world' in change) continue;
    try {
      filled.state.replay(change);
    } catch (error) {
      if (!(error instanceof UniqueError)) throw error;
      throw unusable(path, `its change ${change.n} does not fit what was before it (${error.message})`);
    }
  }
  return filled;
}

function unusable(path: string, problem: string): FixtureError {
  const name = logPathOf(path);
  const hint = `put a copy of both back, or remove ${name} to go on without what is in it`;
  return new FixtureError(path, '', `${name} cannot be used, ${problem}: ${hint}`);
}

function readBytes(file: string, path: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const what = file === path ? 'the file' : file;
    throw new FixtureError(path, '', `${what} cannot be read: ${describeFileError(error, file, 'read')}`);
  }
}

function counted(changes: number): string {
  return changes === 1 ? '1 change' : `${changes} changes`;
}
