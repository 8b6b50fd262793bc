/** What is known of a request once it has been answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly status: number;
  /** Who called; absent when the caller could not be told. */
  readonly userId?: number;
  /** The true cause of a 401 in words; the answer has the platform's one text. */
  readonly reason?: string;
  /** Milliseconds from the request's arrival to the end of the answer. */
  readonly duration: number;
}
