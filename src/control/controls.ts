import type { FaultList } from '../faults/fault-list.ts';
import { checkFixture } from '../fixtures/check-fixture.ts';
import type { InFlight } from '../http/in-flight.ts';
import type { RequestJournal } from '../journal/journal.ts';
import { type Clock, controlClock } from '../state/clock.ts';
import type { Ids } from '../state/ids.ts';
import { type Moment, readMoment, type Store, writeMoment } from '../store.ts';
import { findCredentials } from './credentials.ts';
import type { Controls } from './endpoints.ts';
import type { Events } from './events.ts';

/** How many snapshots are kept by name at most. */
const maxSnapshots = 100;

/** The parts of an emulator that its controls act on. */
export interface ControlledParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly store: Store;
  readonly faults: FaultList;
  readonly journal: RequestJournal;
  readonly inFlight: InFlight;
  readonly events: Events;
}

/** Makes what the emulator's own methods and the control endpoints have in common. */
export function createControls({ clock, ids, store, faults, journal, inFlight, events }: ControlledParts): Controls {
  const snapshots = new Map<string, Moment>();
  const read = (snapshot: unknown): Moment => {
    const source = 'the snapshot given';
    checkFixture(snapshot, source);
    return readMoment(snapshot, source, clock, ids);
  };
  /** What `snapshot()` gave, so that going back to it is a fork: nobody can have changed it. */
  const given = new WeakMap<object, Moment>();
  const goTo = (moment: Moment) => inFlight.exclusively(() => arrive(moment));
  const arrive = async (moment: Moment) => {
    await store.goTo(moment);
    events.touch('state');
    events.touch('clock');
  };

  return {
    clock: controlClock(clock, () => events.touch('clock')),
    faults,
    requests: journal,
    reset: () =>
      inFlight.exclusively(async () => {
        await arrive(store.start);
        faults.clear();
        journal.clear();
        events.touch('reset');
      }),
    snapshot: () => {
      const moment = store.capture();
      const snapshot = deepFreeze(writeMoment(moment));
      given.set(snapshot, moment);
      return snapshot;
    },
    restore: (snapshot) => {
      const known = typeof snapshot === 'object' && snapshot !== null ? given.get(snapshot) : undefined;
      return goTo(known ?? read(snapshot));
    },
    snapshotNames: () => [...snapshots.keys()],
    saveSnapshot: (name, fixture) => {
      const moment = fixture === undefined ? store.capture() : read(fixture);
      if (!snapshots.has(name) && snapshots.size >= maxSnapshots) {
        throw new Error(`There are ${maxSnapshots} snapshots already: use one of their names again.`);
      }
      snapshots.set(name, moment);
      events.touch('snapshots');
    },
    readSnapshot: (name) => {
      const moment = snapshots.get(name);
      return moment && writeMoment(moment);
    },
    deleteSnapshot: (name) => {
      events.touch('snapshots');
      return snapshots.delete(name);
    },
    restoreSnapshot: async (name) => {
      const moment = snapshots.get(name);
      if (moment !== undefined) await goTo(moment);
      return moment !== undefined;
    },
    credentialsOf: (emailOrId) => findCredentials(store.state, emailOrId),
    state: () => store.state,
    events,
  };
}

/** Freezes a value with all that is in it. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const key in value) deepFreeze(value[key]);
  return Object.freeze(value);
}
