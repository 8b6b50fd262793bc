/**
 * What has changed: everything by a reset, the records, the faults, the stubs, the time, the snapshots, the interceptions,
 * or the journal was emptied.
 */
export type Topic = 'reset' | 'state' | 'faults' | 'stubs' | 'clock' | 'snapshots' | 'interceptions' | 'journal';

/** The emulator at a glance, which every event but `request` carries. It contains no secrets. */
export interface Status {
  readonly version: string;
  readonly now: string;
  /** Whether the clock runs; otherwise it stands at `now`. */
  readonly isRunning: boolean;
  /** Present when the emulator keeps its state in a data file, which a reset rewrites. */
  readonly hasDataFile?: true;
  /** The hosts of the platform whose calls an interception leads to the emulator; absent while there is none. */
  readonly intercepted?: readonly string[];
  readonly faults: number;
  readonly stubs: number;
  readonly snapshots: number;
  readonly requests: number;
}
