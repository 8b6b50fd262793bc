/** The message of what was thrown. `instanceof Error` is false inside Jest for errors of Node's own modules. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
