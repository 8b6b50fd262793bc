import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { messageOf } from '../message-of.ts';
import { FixtureError } from './fixture-error.ts';

/** Who holds a lock, as its file says. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process started, where the system tells: another process can get the same pid later. */
  readonly started?: string | undefined;
}

/** A file that is for one emulator at a time. */
export interface Lock {
  /** Lets others have it; a second time does nothing. */
  release(): void;
}

/**
 * Locks a file, by another one beside it that names its owner.
 *
 * @param path of the file; it need not exist.
 * @throws {FixtureError} when another emulator has it. The lock of an owner who is dead is taken over.
 */
export function lockFile(path: string): Lock {
  const lock = `${path}.lock`;
  const own = JSON.stringify(self());
  if (!create(lock, own, path)) takeOver(lock, own, path);
  let isHeld = true;
  return {
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      // Somebody may have removed it by hand, and another emulator begun.
      if (readOwner(lock)?.text === own) rmSync(lock, { force: true });
    },
  };
}

/** Whether the file could be made: `false` when there is one already. */
function create(lock: string, text: string, path: string): boolean {
  const draft = `${lock}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    // Only a link comes into being with its content, and not where there is a file already.
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new FixtureError(path, '', `the data file cannot be written: ${messageOf(error)}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Replaces a dead owner's lock; a lock of that lock keeps two from doing so at once. */
function takeOver(lock: string, own: string, path: string): void {
  const found = readOwner(lock);
  if (found !== undefined) refuseIfAlive(found.owner, lock, path);
  const guard = `${lock}.takeover`;
  if (!create(guard, own, path)) {
    const other = readOwner(guard);
    if (other !== undefined) refuseIfAlive(other.owner, guard, path);
    rmSync(guard, { force: true });
    throw new FixtureError(path, '', 'another emulator was just about to use the data file: try again');
  }
  try {
    const now = readOwner(lock);
    if (now !== undefined) refuseIfAlive(now.owner, lock, path);
    // The guard has the right text already, and comes to its place in one step.
    renameSync(guard, lock);
  } finally {
    rmSync(guard, { force: true });
  }
}

function refuseIfAlive(owner: Owner | undefined, lock: string, path: string): void {
  if (owner === undefined) return;
  const { pid, host } = owner;
  if (host !== hostname()) {
    const hint = `if that one is gone, remove ${lock}`;
    throw new FixtureError(path, '', `the data file is in use by process ${pid} on host '${host}': ${hint}`);
  }
  if (!isAlive(owner)) return;
  const who = pid === process.pid ? 'another emulator of this process' : `process ${pid}`;
  throw new FixtureError(path, '', `the data file is in use by ${who}: close that one first, or use another file`);
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user is alive, too.
    return codeOf(error) === 'EPERM';
  }
  const now = startOf(pid);
  return started === undefined || now === undefined || now === started;
}

function self(): Owner {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** When a process started, in ticks since the system did; known on Linux alone. */
function startOf(pid: number): string | undefined {
  try {
    // The name in parentheses can hold anything; the 20th field behind it is the start.
    const [, fields = ''] = /\)\s+(.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return fields.split(' ')[19];
  } catch {
    return undefined;
  }
}

/** What a lock says; its owner is unknown when it is no text of ours. */
function readOwner(lock: string): { text: string; owner: Owner | undefined } | undefined {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return { text, owner: isOwner(value) ? value : undefined };
  } catch {
    return { text, owner: undefined };
  }
}

function isOwner(value: unknown): value is Owner {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isInteger(value.pid) &&
    'host' in value &&
    typeof value.host === 'string'
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
