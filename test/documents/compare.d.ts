/** One point at which an answer is not what the document prints. */
export interface Difference {
  /** A JSON pointer into the printed response; `/-` stands for items that a list has beyond the printed ones. */
  readonly at: string;
  /** Absent when nothing is printed there. */
  readonly printed?: unknown;
  /** Absent when nothing is answered there. */
  readonly answered?: unknown;
}

/** A difference that is meant to be there. */
export interface Contradiction {
  readonly at: string;
  /** What the emulator answers; absent when it leaves the value out. */
  readonly answered?: unknown;
  /** In place of `answered`, for values that are drawn: a regular expression. */
  readonly answeredLike?: string | undefined;
  /** Why the printed value cannot be had. */
  readonly because: string;
}

/** What a document prints about the answer to one request. */
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
