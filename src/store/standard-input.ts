import { readSync } from 'node:fs';
import { describeFileError } from '../file-error.ts';
import { codeOf } from '../message-of.ts';
import { FixtureError } from './fixture-error.ts';

/** What stands for standard input in place of the name of a file, as with other commands. */
export const standardInput = '-';

/** What to call it in messages. */
export const inputName = 'standard input';

/** Reads standard input to its end. @throws {FixtureError} when it cannot be read. */
export function readStandardInput(): Buffer {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.allocUnsafe(65_536);
    const length = readPiece(piece);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, length));
  }
}

function readPiece(piece: Buffer): number {
  for (;;) {
    try {
      return readSync(0, piece);
    } catch (error) {
      // Windows tells the end of a pipe so.
      if (codeOf(error) === 'EOF') return 0;
      if (codeOf(error) !== 'EAGAIN') {
        throw new FixtureError(inputName, '', `it cannot be read: ${describeFileError(error, '-', 'read')}`);
      }
      // Who shares the pipe may have made it one that does not wait.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
