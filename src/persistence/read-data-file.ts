import { readFileSync } from 'node:fs';
import type { Filled } from '../fixtures/fill-fixture.ts';
import { FixtureError } from '../fixtures/fixture-error.ts';
import { digestOf } from '../fixtures/fixture-text.ts';
import { parseJson } from '../fixtures/load-fixture.ts';
import { UniqueError } from '../state/table.ts';
import { describeFileError } from '../text/file-error.ts';
import { type ChangeLog, changesSince, decodeLog, isChange } from './change-log.ts';
import { found, logPathOf } from './files.ts';

/** Makes a state from a fixture. @throws {FixtureError} when it cannot be used. */
export type Build = (fixture: unknown, source: string) => Filled;

/**
 * Reads a data file and its log, and changes neither. Returns the state, the digest of the file's own text, and the log
 * if it has changes that the file does not have; `undefined` when there is no file.
 *
 * @param remedy what to do about a file that is not JSON.
 * @throws {FixtureError} when they cannot be used, or do not belong together.
 */
export function readDataFile(path: string, build: Build, remedy = 'correct it, or remove it to start again') {
  const name = logPathOf(path);
  const log = readLog(path, name);
  const bytes = found(path) === undefined ? undefined : readBytes(path, path);
  const digest = bytes === undefined ? '' : digestOf(bytes);
  const changes = log === undefined ? [] : changesSince(log, digest);
  if (changes === undefined) {
    const count = log?.entries.filter(isChange).length;
    const has = `${name} has ${count === 1 ? '1 change' : `${count} changes`} to the earlier file`;
    const what = bytes === undefined ? 'is missing' : 'was changed or replaced';
    const hint = `put that file back, or remove ${name} to continue without ${count === 1 ? 'it' : 'them'}`;
    throw new FixtureError(path, '', `the file ${what}, and ${has}: ${hint}`);
  }
  if (bytes === undefined) return undefined;
  const filled = build(parseJson(bytes, path, remedy), path);
  for (const change of changes) {
    try {
      filled.state.replay(change);
    } catch (error) {
      if (!(error instanceof UniqueError)) throw error;
      throw unusable(path, name, `its change ${change.n} does not fit the state before it (${error.message})`);
    }
  }
  return { ...filled, digest, log: changes.length === 0 ? undefined : log };
}

function readLog(path: string, name: string): ChangeLog | undefined {
  const stats = found(name);
  if (stats === undefined) return undefined;
  const hint = 'the change log needs this name: move it away, or use another data file';
  const other = (what: string) =>
    new FixtureError(path, '', `${name} was not written by an emulator, ${what}: ${hint}`);
  if (stats.isSymbolicLink()) throw other('it is a link');
  if (!stats.isFile() && !stats.isDirectory()) throw other('it is not a regular file');
  const bytes = readBytes(name, path);
  const log = decodeLog(bytes);
  if (typeof log !== 'string') return log;
  throw bytes.toString('latin1', 0, 7) === '{"log":' ? unusable(path, name, log) : other(log);
}

function unusable(path: string, name: string, problem: string): FixtureError {
  const hint = `put a copy of both back, or remove ${name} to continue without its changes`;
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
