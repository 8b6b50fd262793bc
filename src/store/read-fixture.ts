import { Clock } from '../clock.ts';
import { createIds } from '../ids.ts';
import { readDataFile } from '../persistence/index.ts';
import { checkFixture } from './check-fixture.ts';
import { type Filled, fillFixture } from './fill-fixture.ts';
import type { Fixture } from './fixture-types.ts';
import { isFile, loadFixture, mendIt } from './load-fixture.ts';
import { writeFixture } from './write-fixture.ts';

/** A fixture that an emulator would start with, and how much is in it then. */
export interface ReadFixture {
  /** As it is written; of a data file with changes in its log, what they come to. */
  readonly fixture: Fixture;
  /** How many there are at the start, those included that a fixture need not write. */
  readonly organizations: number;
  readonly accounts: number;
  readonly users: number;
}

/**
 * Reads a fixture and checks all that is checked at the start of an emulator. Data files are read with
 * their logs; nothing is locked or changed.
 *
 * @param nameOrFile a built-in name, the path of a fixture or data file, or `-` for standard input.
 * @throws {FixtureError} when there is none, or an emulator could not start with it.
 */
export function readFixture(nameOrFile: string): ReadFixture {
  const clock = new Clock();
  const ids = createIds(clock, undefined);
  const written: Fixture[] = [];
  const build = (value: unknown, source: string): Filled => {
    checkFixture(value, source);
    written.push(value);
    return fillFixture(value, source, clock, ids);
  };
  // Once and not again: of a pipe nothing is left then.
  const found = isFile(nameOrFile) ? readDataFile(nameOrFile, build, mendIt) : undefined;
  if (found !== undefined) {
    // A data file that has no changes in its log is as it is written, as every other file is.
    const asWritten = found.log === undefined ? written[0] : undefined;
    return counted(asWritten ?? writeFixture(found.state), found.state);
  }
  const { fixture, source } = loadFixture(nameOrFile);
  return counted(fixture, fillFixture(fixture, source, clock, ids).state);
}

function counted(fixture: Fixture, { organizations, accounts, users }: Filled['state']): ReadFixture {
  const size = (table: { values(): Iterable<object> }): number => [...table.values()].length;
  return { fixture, organizations: size(organizations), accounts: size(accounts), users: size(users) };
}
