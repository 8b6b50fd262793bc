import { type Adapter, Low, Memory } from 'lowdb';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { checkFixture } from './check-fixture.ts';
import { fillFixture } from './fill-fixture.ts';
import type { Fixture } from './fixture-types.ts';
import { JsonFile } from './json-file.ts';
import { loadFixture, readJson } from './load-fixture.ts';
import type { State } from './state.ts';
import { writeFixture } from './write-fixture.ts';

/** Where the state lives: in memory, with lowdb as the way to keep it. */
export interface Store {
  /** The present state; another object after a reset. */
  readonly state: State;
  /** Resolves once every change made so far is kept (on disk, when there is a data file). */
  flush(): Promise<void>;
  /** Goes back to the fixture, and keeps that. */
  reset(): Promise<void>;
}

/**
 * Opens a store: from the data file when there is one already, else from the fixture.
 *
 * @throws {FixtureError} when the fixture or the data file cannot be used; both are left as they are.
 */
export function openStore(fixture: string | Fixture, dataFile: string | undefined, clock: Clock, ids: Ids): Store {
  const loaded = loadFixture(fixture);
  const initial = fillFixture(loaded.fixture, loaded.source, clock, ids);
  // Written out, because what was left open (dates, secrets) must be the same after every reset.
  const baseline = writeFixture(initial);

  const file = dataFile === undefined ? undefined : new JsonFile(dataFile, (path) => readState(path, clock, ids));
  const adapter: Adapter<State> = file ?? new Memory<State>();
  const db = new Low<State>(adapter, file?.load() ?? initial);

  return {
    get state() {
      return db.data;
    },
    flush: () => db.write(),
    reset: () => {
      db.data = fillFixture(baseline, loaded.source, clock, ids);
      return db.write();
    },
  };
}

function readState(path: string, clock: Clock, ids: Ids): State {
  const value = readJson(path);
  checkFixture(value, path);
  return fillFixture(value, path, clock, ids);
}
