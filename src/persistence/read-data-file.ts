import { readFileSync } from 'node:fs';
import type { Filled } from '../fixtures/fill-fixture.ts';
import { FixtureError } from '../fixtures/fixture-error.ts';
import { digestOf } from '../fixtures/fixture-text.ts';
import { parseJson } from '../fixtures/load-fixture.ts';
import { UniqueError } from '../state/table.ts';
import { describeFileError } from '../text/file-error.ts';
import { type ChangeLog, changesSince, decodeLog, isChange } from './change-log.ts';
import { found, logPathOf } from './files.ts';

/** Makes a state of a fixture. @throws {FixtureError} when it cannot be used. */
export type Build = (fixture: unknown, source: string) => Filled;

/** A data file with the changes in its log. */
export interface DataFileContent extends Filled {
  /** The digest of the file's own text. */
  readonly digest: string;
  /** Its log; absent when the file lacks no change. */
  readonly log: ChangeLog | undefined;
}

/**
 * Reads a data file and its log, and changes neither; `undefined` when there is no file.
 *
 * @param remedy what to do about a file that is not JSON.
 * @throws {FixtureError} when they cannot be used, or do not belong together.
 */
export function readDataFile(
  path: string,
  build: Build,
  remedy = 'mend it, or remove it to start anew',
): DataFileContent | undefined {
  const name = logPathOf(path);
  const log = readLog(path, name);
  const count = log?.entries.filter(isChange).length ?? 0;
  const has = `${name} has ${count} ${count === 1 ? 'change' : 'changes'} to`;
  if (found(path) === undefined) {
    if (count === 0) return undefined;
    const hint = `put the file back, or remove ${name} to start anew`;
    throw new FixtureError(path, '', `the file is missing, and ${has} it: ${hint}`);
  }
  const bytes = readBytes(path, path);
  const digest = digestOf(bytes);
  const changes = log === undefined ? [] : changesSince(log, digest);
  if (changes === undefined) {
    const hint = `put that file back, or remove ${name} to go on without them`;
    throw new FixtureError(path, '', `the file was changed or replaced, and ${has} the file as it was: ${hint}`);
  }
  const filled = build(parseJson(bytes, path, remedy), path);
  for (const change of changes) {
    try {
      filled.state.replay(change);
    } catch (error) {
      if (!(error instanceof UniqueError)) throw error;
      throw unusable(path, name, `its change ${change.n} does not fit what was before it (${error.message})`);
    }
  }
  return { ...filled, digest, log: changes.length === 0 ? undefined : log };
}

function readLog(path: string, name: string): ChangeLog | undefined {
  const stats = found(name);
  if (stats === undefined) return undefined;
  const hint = 'the change log has to be there: move it away, or use another data file';
  const other = (what: string) =>
    new FixtureError(path, '', `${name} was not written by an emulator, ${what}: ${hint}`);
  if (stats.isSymbolicLink()) throw other('it is a link');
  const bytes = readBytes(name, path);
  const log = decodeLog(bytes);
  if (typeof log !== 'string') return log;
  throw bytes.toString('latin1', 0, 7) === '{"log":' ? unusable(path, name, log) : other(log);
}

function unusable(path: string, name: string, problem: string): FixtureError {
  const hint = `put a copy of both back, or remove ${name} to go on without what is in it`;
  return new FixtureError(path, '', `${name} cannot be used, ${problem}: ${hint}`);
}

function readBytes(file: string, path: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = describeFileError(error, file, 'read');
    throw new FixtureError(path, '', `${file === path ? 'the file' : file} cannot be read: ${why}`);
  }
}
