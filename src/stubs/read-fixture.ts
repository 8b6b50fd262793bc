import type { ReadFixture } from '../fixtures/fixture-types.ts';
import { readFixture as readAndCheck } from '../fixtures/read-fixture.ts';
import { fixtureStubs } from './given-stubs.ts';

/**
 * Reads a fixture and checks it as the start of an emulator does. Data files are read with
 * their logs; nothing is locked or changed.
 *
 * @param nameOrFile a built-in name, the path of a fixture or data file, or `-` for standard input.
 * @throws {FixtureError} when there is none, or an emulator could not start with it.
 */
export function readFixture(nameOrFile: string): ReadFixture {
  // The room of fixtures does not know which operations and headers there are.
  return readAndCheck(nameOrFile, ({ stubs }, source) => fixtureStubs(stubs, source));
}
