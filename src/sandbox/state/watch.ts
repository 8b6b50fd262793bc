import { watchFaults } from './faults.ts';
import { watchJournal } from './journal.ts';
import { watchOperations } from './operations.ts';
import { watchSnapshots } from './snapshots.ts';
import { watchWorld } from './world.ts';

/** Keeps what the page shows as it is in the emulator. */
export function watch(): void {
  watchWorld();
  watchJournal();
  watchFaults();
  watchSnapshots();
  watchOperations();
}
