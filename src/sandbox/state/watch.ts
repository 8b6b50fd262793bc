import { watchFaults } from './faults.ts';
import { watchJournal } from './journal.ts';
import { watchOperations } from './operations.ts';
import { watchWorld } from './records.ts';
import { watchSnapshots } from './snapshots.ts';

/** Keeps what the page shows as it is in the emulator. */
export function watch(): void {
  watchWorld();
  watchJournal();
  watchFaults();
  watchSnapshots();
  watchOperations();
}
