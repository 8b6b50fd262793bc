/** The memory of a part in addition to its characters, in bytes: measured in V8, and rounded up. */
const [perText, perNumber, perList, perItem, perObject, perField] = [24, 16, 48, 8, 64, 48];
/** If one character is outside Latin-1, every character of its text takes two bytes. */
const perCharacter = 2;

/** About how many bytes of memory a JSON value takes, at most. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return perText + perCharacter * value.length;
  if (typeof value !== 'object' || value === null) return perNumber;
  let bytes = 0;
  if (Array.isArray(value)) {
    for (const item of value) bytes += perItem + bytesOf(item);
    return perList + bytes;
  }
  for (const [name, item] of Object.entries(value)) bytes += perField + perCharacter * name.length + bytesOf(item);
  return perObject + bytes;
}
