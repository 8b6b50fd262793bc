import { existsSync, readFileSync } from 'node:fs';
import documentation from '../../fixtures/documentation.json' with { type: 'json' };
import minimal from '../../fixtures/minimal.json' with { type: 'json' };
import { messageOf } from '../message-of.ts';
import { didYouMean } from '../suggest.ts';
import { checkFixture } from './check-fixture.ts';
import { FixtureError } from './fixture-error.ts';
import type { CheckedFixture } from './fixture-schema.ts';
import type { Fixture } from './fixture-types.ts';

const builtIn: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['documentation', documentation],
  ['minimal', minimal],
]);

/** Whether a fixture of that name comes with the emulator. */
export function isBuiltIn(name: string): boolean {
  return builtIn.has(name);
}

/** A fixture that has been checked, and what to call it in messages. */
export interface LoadedFixture {
  readonly source: string;
  readonly fixture: CheckedFixture;
}

/**
 * Finds and checks a fixture.
 *
 * @param given a built-in name, the path of a JSON file, or the fixture itself.
 * @throws {FixtureError} when there is none, it is not JSON, or it has not the form of one.
 */
export function loadFixture(given: string | Fixture): LoadedFixture {
  if (typeof given !== 'string') return checked(given, 'the fixture given');
  if (builtIn.has(given)) return checked(builtIn.get(given), `fixture ${given}`);
  if (!existsSync(given)) {
    const names = [...builtIn.keys()];
    const hint = didYouMean(given, names, `one of ${names.join(', ')}`);
    throw new FixtureError(
      `fixture '${given}'`,
      '',
      `there is no such file and no built-in fixture of that name: ${hint}`,
    );
  }
  return checked(parseJson(readText(given), given), given);
}

/**
 * Reads the text of a JSON file.
 *
 * @param path for errors.
 * @throws {FixtureError} naming the file when it is empty, cut off or not JSON.
 */
export function parseJson(content: string, path: string): unknown {
  const text = content.replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    throw new FixtureError(path, '', 'the file is empty, expected a JSON object with "organizations"');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message can quote the file, which holds secrets: only the place is repeated.
    const place = / at position (\d+)/.exec(String(error))?.[1];
    const where = place === undefined ? '' : ` (line ${text.slice(0, Number(place)).split('\n').length})`;
    throw new FixtureError(
      path,
      '',
      `the file is not JSON, or is cut off${where}: mend it, or remove it to start anew`,
    );
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new FixtureError(path, '', `the file cannot be read: ${messageOf(error)}`);
  }
}

function checked(value: unknown, source: string): LoadedFixture {
  checkFixture(value, source);
  return { source, fixture: value };
}
