import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describeFileError } from '../file-error.ts';
import { codeOf } from '../message-of.ts';
import { lockPathOf } from './beside.ts';
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
  /** Makes sure that it is held still; one that was removed is made again. @throws {Error} when another emulator has it. */
  requireHeld(): void;
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
  const lock = lockPathOf(path);
  const own = JSON.stringify(self());
  if (!create(lock, own, path)) takeOver(lock, own, path);
  let isHeld = true;
  return {
    requireHeld: () => {
      if (textOf(lock) === own || make(lock, own)) return;
      throw new Error(`another emulator has taken the data file: ${lock} is not of this one any more`);
    },
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      // Somebody may have removed it by hand, and another emulator begun.
      if (textOf(lock) === own) remove(lock);
    },
  };
}

/** Whether the file could be made: `false` when there is one already. @throws {FixtureError} */
function create(lock: string, text: string, path: string): boolean {
  try {
    return make(lock, text);
  } catch (error) {
    throw new FixtureError(path, '', `the data file cannot be written: ${describeFileError(error, lock, 'write')}`);
  }
}

function make(lock: string, text: string): boolean {
  const draft = `${lock}.${randomUUID()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    // Only a link comes into being with its content, and not where there is a file already.
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    remove(draft);
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It is gone, or never was.
  }
}

/** Replaces a dead owner's lock; a lock of that lock keeps two from doing so at once. */
function takeOver(lock: string, own: string, path: string): void {
  const tryAgain = 'another emulator was just about to use the data file: try again';
  refuseIfAlive(readOwner(lock, path)?.owner, lock, path);
  const guard = `${lock}.takeover`;
  if (!create(guard, own, path)) {
    refuseIfAlive(readOwner(guard, path)?.owner, guard, path);
    remove(guard);
    throw new FixtureError(path, '', tryAgain);
  }
  try {
    const found = readOwner(lock, path);
    refuseIfAlive(found?.owner, lock, path);
    // The guard has the right text already, and comes to its place in one step.
    if (found !== undefined) renameSync(guard, lock);
    // Whoever released it meanwhile has let others at it, too.
    else if (!create(lock, own, path)) throw new FixtureError(path, '', tryAgain);
  } finally {
    remove(guard);
  }
}

function refuseIfAlive(owner: Owner | undefined, lock: string, path: string): void {
  const who = holder(owner);
  if (owner === undefined || who === undefined) return;
  const isHere = owner.host === hostname();
  const hint = isHere ? 'close that one first, or use another file' : `if that one is gone, remove ${lock}`;
  throw new FixtureError(path, '', `the data file is in use by ${who}: ${hint}`);
}

/**
 * Who has a data file, as its lock says, in words; `undefined` when nobody has.
 *
 * @throws {FixtureError} when the lock cannot be read.
 */
export function holderOf(path: string): string | undefined {
  return holder(readOwner(lockPathOf(path), path)?.owner);
}

/** Whether somebody on another host lives cannot be known here: they count as alive. */
function holder(owner: Owner | undefined): string | undefined {
  if (owner === undefined) return undefined;
  const { pid, host } = owner;
  if (host !== hostname()) return `process ${pid} on host '${host}'`;
  if (!isAlive(owner)) return undefined;
  return pid === process.pid ? 'another emulator of this process' : `process ${pid}`;
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user is alive, too.
    return codeOf(error) === 'EPERM';
  }
  const now = startOf(pid);
  return now !== 'never' && (started === undefined || now === undefined || now === started);
}

function self(): Owner & { readonly nonce: string } {
  // The nonce tells apart the emulators of one process.
  return { pid: process.pid, host: hostname(), started: startOf(process.pid), nonce: randomUUID() };
}

/** When a process started, in ticks since the system did; `never` for a dead one. Known on Linux alone. */
function startOf(pid: number): string | undefined {
  try {
    // The name in parentheses can hold anything; the 20th field behind it is the start.
    const [, fields = ''] = /\)\s+(.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const [state = '', ...rest] = fields.split(' ');
    // One that is dead, and for which nobody has waited yet, starts nothing any more.
    return /[ZX]/.test(state) ? 'never' : rest[18];
  } catch {
    return undefined;
  }
}

/** What a lock says; its owner is unknown when it is no text of ours. @throws {FixtureError} when it cannot be read. */
function readOwner(lock: string, path: string): { owner: Owner | undefined } | undefined {
  let text: string | undefined;
  try {
    text = readFileSync(lock, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    const hint = `if no emulator uses the data file, remove ${lock}`;
    throw new FixtureError(path, '', `its lock cannot be read, ${describeFileError(error, lock, 'read')}: ${hint}`);
  }
  try {
    const value: unknown = JSON.parse(text);
    return { owner: isOwner(value) ? value : undefined };
  } catch {
    return { owner: undefined };
  }
}

function textOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is Owner {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    Number.isInteger(value.pid) &&
    value.pid > 0 &&
    'host' in value &&
    typeof value.host === 'string'
  );
}
