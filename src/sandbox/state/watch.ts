import { watchFaults } from './faults.ts';
import { watchJournal } from './journal.ts';
import { watchOperations } from './operations.ts';
import { watchRecords } from './records.ts';
import { watchSnapshots } from './snapshots.ts';
import { watchStubs } from './stubs.ts';

/** Keeps the page's copies of the emulator's data up to date. */
export function watch(): void {
  watchRecords();
  watchJournal();
  watchFaults();
  watchStubs();
  watchSnapshots();
  watchOperations();
}
