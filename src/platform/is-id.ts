/** Whether a path names a user by id, and not by email. */
export function isId(emailOrId: string): boolean {
  return /^-?\d+$/.test(emailOrId);
}
