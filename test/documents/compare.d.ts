/** One difference between an answer and the printed response. */
export interface Difference {
  /** A JSON pointer into the printed response; `/-` stands for items that a list has beyond the printed ones. */
  readonly at: string;
  /** Absent when nothing is printed there. */
  readonly printed?: unknown;
  /** Absent when nothing is answered there. */
  readonly answered?: unknown;
}

/** A known difference, with its reason. */
export interface Contradiction {
  readonly at: string;
  /** The value that the emulator answers; absent when it omits the value. */
  readonly answered?: unknown;
  /** A regular expression instead of `answered`, for random values. */
  readonly answeredLike?: string | undefined;
  /** The reason why the emulator cannot answer the printed value. */
  readonly because: string;
}

/** The printed response to one request. */
export interface Printed {
  /** Default: 200. */
  readonly status?: number | undefined;
  /** Absent when the body is empty. */
  readonly response?: unknown;
  readonly contradictions: readonly Contradiction[];
}

/** An answer; the body is `undefined` when it is empty. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export function differences(printed: unknown, answered: unknown): Difference[];
export function judge(found: readonly Difference[], contradictions: readonly Contradiction[]): string[];
export function complaintsAbout(printed: Printed, answer: Answer): string[];
