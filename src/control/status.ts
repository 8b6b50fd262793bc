/** What has changed: everything by a reset, the records, the faults, the stubs, the time, the snapshots, or the journal was emptied. */
export type Topic = 'reset' | 'state' | 'faults' | 'stubs' | 'clock' | 'snapshots' | 'journal';

/** The emulator at a glance, which every event but `request` carries. It contains no secrets. */
export interface Status {
  readonly version: string;
  readonly now: string;
  /** Whether the clock runs; otherwise it stands at `now`. */
  readonly isRunning: boolean;
  /** Present when the emulator keeps its state in a data file, which a reset rewrites. */
  readonly hasDataFile?: true;
  readonly faults: number;
  readonly stubs: number;
  readonly snapshots: number;
  readonly requests: number;
}
