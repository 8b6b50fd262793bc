import { checkFixture } from '../../src/fixtures/check-fixture.ts';
import { type Filled, fillFixture } from '../../src/fixtures/fill-fixture.ts';
import { writeFixture } from '../../src/fixtures/write-fixture.ts';
import type { Fixture } from '../../src/index.ts';
import { readDataFile } from '../../src/persistence/index.ts';
import { Clock } from '../../src/state/clock.ts';
import { createIds } from '../../src/state/ids.ts';

const clock = new Clock();
const ids = createIds(clock, 'kept');

/** Makes a state of a fixture. */
export function build(fixture: unknown, source = 'the fixture'): Filled {
  checkFixture(fixture, source);
  return fillFixture(fixture, source, clock, ids);
}

/** What an emulator that starts now would find in a data file with its log: nothing on disk is changed. */
export function kept(dataFile: string): Fixture {
  const found = readDataFile(dataFile, build);
  if (found === undefined) throw new Error(`there is no ${dataFile}`);
  return writeFixture(found.state);
}

/** The same as the text of a data file. */
export function keptText(dataFile: string): string {
  return `${JSON.stringify(kept(dataFile), null, 2)}\n`;
}
