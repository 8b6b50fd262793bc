/** The message of a thrown value. Inside Jest, `instanceof Error` is false for errors of Node's own modules. */
export function messageOf(error: unknown): string {
  try {
    return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  } catch {
    // Such as Object.create(null), or an error whose message throws.
    return 'a value without a message';
  }
}

/** The code of an error of Node, such as `ENOENT`, or `undefined`. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
