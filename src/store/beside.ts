/** The path of the change log of a data file. */
export function logPathOf(path: string): string {
  return `${path}.log`;
}

/** The path of the lock of a data file. */
export function lockPathOf(path: string): string {
  return `${path}.lock`;
}
