import { constants } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import documentation from '../../fixtures/documentation.json' with { type: 'json' };
import minimal from '../../fixtures/minimal.json' with { type: 'json' };
import { describeFileError } from '../file-error.ts';
import { keepDigits } from '../lossless-json.ts';
import { didYouMean } from '../suggest.ts';
import { decodeUtf8, firstBadLine } from '../utf8.ts';
import { checkFixture } from './check-fixture.ts';
import { FixtureError } from './fixture-error.ts';
import type { CheckedFixture } from './fixture-schema.ts';
import type { Fixture } from './fixture-types.ts';
import { findJsonFault } from './json-place.ts';
import { inputName, readStandardInput, standardInput } from './standard-input.ts';

const builtIn: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['documentation', documentation],
  ['minimal', minimal],
]);

/** Whether it is the path of a file, and neither the name of a built-in fixture nor standard input. */
export function isFile(name: string): boolean {
  return !builtIn.has(name) && name !== standardInput;
}

/** A fixture that has been checked, and what to call it in messages. */
export interface LoadedFixture {
  readonly source: string;
  readonly fixture: CheckedFixture;
}

/**
 * Finds and checks a fixture.
 *
 * @param given a built-in name, the path of a JSON file, `-` for standard input, or the fixture itself.
 * @throws {FixtureError} when there is none, it is not JSON, or it has not the form of one.
 */
export function loadFixture(given: string | Fixture): LoadedFixture {
  if (typeof given !== 'string') return checked(given, 'the fixture given');
  if (builtIn.has(given)) return checked(builtIn.get(given), `fixture ${given}`);
  if (given === standardInput) return checked(parseJson(readStandardInput(), inputName, mendIt), inputName);
  if (!existsSync(given)) {
    const names = [...builtIn.keys()];
    const hint = didYouMean(given, names, `one of ${names.join(', ')}`);
    throw new FixtureError(
      `fixture '${given}'`,
      '',
      `there is no such file and no built-in fixture of that name: ${hint}`,
    );
  }
  return checked(parseJson(readSource(given), given, mendIt), given);
}

/** What to do about a fixture that is not JSON; a data file can be left as well. */
export const mendIt = 'mend it';

/**
 * Reads the text of a JSON file.
 *
 * A whole number that no double has exactly is a `bigint`, which no key of a fixture takes.
 *
 * @param path for errors.
 * @param remedy what to do about a file that is not JSON.
 * @throws {FixtureError} naming the file when it is empty, cut off, not JSON or not UTF-8.
 */
export function parseJson(content: Uint8Array, path: string, remedy: string): unknown {
  if (content.length > constants.MAX_STRING_LENGTH) {
    const [size, limit] = [Math.ceil(content.length / 1_048_576), constants.MAX_STRING_LENGTH >> 20];
    throw new FixtureError(
      path,
      '',
      `the file has ${size} MiB, and no more than ${limit} can be read: make it smaller`,
    );
  }
  if (isUtf16(content)) throw new FixtureError(path, '', 'the file is UTF-16: save it as UTF-8');
  const text = decodeUtf8(content);
  if (text === undefined) {
    throw new FixtureError(path, '', `the file is not UTF-8 at line ${firstBadLine(content)}: save it as UTF-8`);
  }
  if (text.trim() === '') {
    throw new FixtureError(path, '', 'the file is empty, expected a JSON object with "organizations"');
  }
  try {
    return keepDigits(JSON.parse(text), text);
  } catch {
    // The engine's message can quote the file, which holds secrets: only the place is told.
    const place = findJsonFault(text);
    const where = place === undefined ? '' : ` at line ${place.line}, column ${place.column}`;
    const problem = place?.isEnd ? `the file is cut off${where}` : `the file is not JSON${where}`;
    throw new FixtureError(path, '', `${problem}: ${remedy}`);
  }
}

/** PowerShell and some editors write it; JSON begins with ASCII, of which every second byte is zero then. */
function isUtf16([first, second]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return first !== undefined && second !== undefined && (first === 0) !== (second === 0);
}

/** @throws {FixtureError} when it cannot be read. */
function readSource(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new FixtureError(path, '', `the file cannot be read: ${describeFileError(error, path, 'read')}`);
  }
}

function checked(value: unknown, source: string): LoadedFixture {
  checkFixture(value, source);
  return { source, fixture: value };
}
