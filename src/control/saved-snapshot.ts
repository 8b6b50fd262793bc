/** A snapshot that is saved by name, as `GET /snapshots` lists it. */
export interface SavedSnapshot {
  readonly name: string;
  /** When it was saved, by the emulator's clock: an ISO instant. */
  readonly savedAt: string;
  /** Where the clock stands after a restore; absent where it runs. */
  readonly now?: string;
  /** How many records of each kind it has. */
  readonly organizations: number;
  readonly accounts: number;
  readonly users: number;
}
