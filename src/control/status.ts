/** What can have changed: all at once by a reset, the records, what is to go wrong, the time, snapshots, the journal. */
export type Topic = 'reset' | 'state' | 'faults' | 'clock' | 'snapshots' | 'journal';

/** The emulator at a glance, which every event but `request` carries; it holds no secrets. */
export interface Status {
  readonly version: string;
  readonly now: string;
  /** Whether the clock runs; else it stands at `now`. */
  readonly isRunning: boolean;
  readonly faults: number;
  readonly snapshots: number;
  readonly requests: number;
}
