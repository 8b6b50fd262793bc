import type { Context } from './context.ts';

/** Where a sentence comes from: one of the four documents, the vendor's public pages, or a choice of this project. */
export type Source = 'seed 000' | 'seed 001' | 'seed 002' | 'seed 003' | 'vendor docs' | 'ours';

/** What the calls of a check change: nothing, the account of the run and its users, or more of the organization. */
export type Changes = 'nothing' | 'account' | 'organization';

/** A sentence about the platform; a row of docs/fidelity.md. */
export interface Behavior {
  /** The anchor of the row, such as `account-delete-twice`. */
  readonly id: string;
  /** In Markdown. */
  readonly sentence: string;
  readonly source: Source;
  /** More about the source, in Markdown. */
  readonly note?: string;
}

/** A behavior that calls can tell. */
export interface Check extends Behavior {
  readonly changes: Changes;
  /**
   * Makes the calls and compares the answers.
   *
   * @throws {Difference} when the server behaves in another way.
   * @throws {NotRun} when the server lacks what the check needs.
   */
  readonly run: (context: Context) => Promise<void>;
}

/** A behavior that no call can tell. */
export interface Untold extends Behavior {
  /** Why no check can tell. */
  readonly why: string;
}

/** The checks of a topic; a section of docs/fidelity.md. */
export interface Group {
  readonly title: string;
  readonly rows: readonly (Check | Untold)[];
}

/** Whether a row is a check. */
export function isCheck(row: Check | Untold): row is Check {
  return 'run' in row;
}
