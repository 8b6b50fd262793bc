import { isUtf8 } from 'node:buffer';

/**
 * Reads a text in UTF-8, without the byte order mark that some editors put before it.
 *
 * @returns `undefined` when the bytes are not UTF-8, because reading them would lose data.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** The number of the first line that is not UTF-8, from 1. */
export function firstBadLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
