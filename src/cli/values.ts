import { isIP } from 'node:net';
import { type LogLevel, levels } from './table.ts';

/** A mistake in the command line; its message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The value of an option, and where it was written: `--port` or `CE_EMULATOR_PORT`. */
export interface Given {
  readonly label: string;
  readonly text: string;
}

export function readPort({ label, text }: Given): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw new UsageError(`${label} must be a whole number from 0 to 65535, not '${text}'.`);
}

/** Checks the form only; the start finds out whether the machine has the host. */
export function readHost({ label, text }: Given): string {
  const isName = /^[\p{L}\p{N}_.-]+$/u.test(text) && URL.canParse(`http://${text}`);
  if (isName || isIP(text) !== 0) return text;
  throw new UsageError(`${label} must be a host name or an address, such as 127.0.0.1 or ::1, not '${text}'.`);
}

export function readLevel({ label, text }: Given): LogLevel {
  const level = levels.find((known) => known === text);
  if (level === undefined) throw new UsageError(`${label} must be one of ${levels.join(', ')}, not '${text}'.`);
  return level;
}

/** Reads an option without a value, which has one as an environment variable. */
export function readSwitch({ label, text }: Given): boolean {
  if (/^(?:1|true|yes)$/i.test(text)) return true;
  if (/^(?:0|false|no)$/i.test(text)) return false;
  throw new UsageError(`${label} must be 1, true or yes, or 0, false or no, not '${text}'.`);
}
