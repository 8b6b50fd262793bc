import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, readlinkSync, renameSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
// Not the globals, which a suite's fake timers replace.
import { clearInterval, setInterval } from 'node:timers';
import type { Static } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { Check } from '@sinclair/typebox/value';
import { describeFileError } from '../file-error.ts';
import { codeOf } from '../message-of.ts';
import { FixtureError } from '../store/fixture-error.ts';
import { found, lockPathOf, makeFile, remove } from './files.ts';
import { foreign } from './storage-error.ts';

/** How often an owner writes to its lock, in milliseconds. */
const beatEvery = 1000;
/** An owner who has not written at so many looks, with such pauses between in milliseconds, is dead: 20 seconds. */
const looks = 40;
const lookEvery = 500;

/**
 * Who holds a lock, as its file says: `place` is where the pid means this process, and absent where that cannot be
 * told; `started` is absent, too, where the system does not tell.
 */
const ownerSchema = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  host: Type.String(),
  place: Type.Optional(Type.String()),
  started: Type.Optional(Type.String()),
});
type Owner = Static<typeof ownerSchema>;

interface Found {
  readonly owner: Owner | undefined;
  /** All of it, which changes with every beat. */
  readonly text: string;
}

/** A file that is for one emulator at a time. */
export interface Lock {
  /** Makes sure that it is held still. @throws {CannotKeepError} when it is not. */
  requireHeld(): void;
  /** Lets others have it. */
  release(): void;
}

/**
 * Locks a file, by another one beside it that names its owner, and to which the owner writes every second.
 * An owner whose process can be seen from here is dead or alive at once; every other one when its lock has been
 * watched, for up to 20 seconds. Only changes are looked for, and looks are counted, so that no clock matters.
 *
 * @param onWait told why it takes so long.
 * @throws {FixtureError} when another emulator has it. The lock of an owner who is dead is taken over.
 */
export function lockFile(path: string, onWait: (message: string) => void): Lock {
  const lock = lockPathOf(path);
  const { pid } = process;
  // The nonce tells apart the emulators of one process.
  const self = { pid, host: hostname(), place: placeHere(), started: startOf(pid), nonce: randomUUID() };
  const own = JSON.stringify(self);
  const text = `${own} ${count(0)}\n`;
  while (!make(lock, text, path)) {
    const other = readLock(lock, path);
    if (other === undefined) continue;
    const { owner, text: theirs } = other;
    if (owner === undefined) {
      const hint = 'the lock has to be there: move it away, or use another data file';
      throw new FixtureError(path, '', `${lock} is not of an emulator: ${hint}`);
    }
    const who = describe(owner);
    const wait = `${path}: in use by ${who}: looking for up to ${(looks * lookEvery) / 1000} seconds whether that one is alive`;
    if (isAliveHere(owner) ?? isBeating(lock, theirs, () => onWait(wait))) {
      throw new FixtureError(path, '', `the data file is in use by ${who}: close that one first, or use another file`);
    }
    if (takeOver(lock, theirs, text, path)) break;
  }
  let beats = 0;
  // Where it fails, who changes something finds out why.
  const timer = setInterval(() => unlessItFails(() => beat(lock, own, ++beats)), beatEvery).unref();
  return {
    requireHeld: () => {
      const now = textOf(lock);
      if (!now?.startsWith(own))
        throw foreign(`its lock is ${now === undefined ? 'gone' : "another emulator's"}`, lock);
    },
    release: () => {
      clearInterval(timer);
      // Somebody may have removed it by hand, and another emulator begun.
      if (textOf(lock)?.startsWith(own)) remove(lock);
    },
  };
}

/** Writes to the lock while it is the own one; opened each time, so that network file systems show it to others. */
function beat(lock: string, own: string, beats: number): void {
  const file = openSync(lock, 'r+');
  try {
    if (readFileSync(file, 'utf8').startsWith(own)) writeSync(file, count(beats), Buffer.byteLength(own) + 1);
  } finally {
    closeSync(file);
  }
}

/** In place of the one before it: a full disk has room for that. */
const count = (beats: number): string => String(beats).padStart(10, '0');

/** @throws {FixtureError} */
function make(file: string, text: string, path: string): boolean {
  try {
    return makeFile(file, [text]);
  } catch (error) {
    throw new FixtureError(path, '', `the data file cannot be written: ${describeFileError(error, file, 'write')}`);
  }
}

/** Whether the owner of a lock writes to it. Where the lock is another one meanwhile, the next look is at that. */
function isBeating(lock: string, text: string, onWait: () => void): boolean {
  onWait();
  const unbeaten = text.slice(0, -count(0).length - 1);
  for (let look = 0; look < looks; look++) {
    sleep(lookEvery);
    const now = textOf(lock);
    if (now !== text) return now?.startsWith(unbeaten) ?? false;
  }
  return false;
}

/** Puts the own lock in place of a dead one, if that is still there. @returns whether it is there now. */
function takeOver(lock: string, dead: string, text: string, path: string): boolean {
  const guard = `${lock}.takeover`;
  if (make(guard, text, path)) {
    // Only who has made the guard does this: the lock is the same one until it is replaced.
    if (textOf(lock) === dead) unlessItFails(() => renameSync(guard, lock));
    if (textOf(guard) === text) remove(guard);
    return textOf(lock) === text;
  }
  // Another one is at it, which takes no time, or was killed at it.
  const before = textOf(guard);
  sleep(4 * lookEvery);
  if (textOf(guard) === before) remove(guard);
  return false;
}

/**
 * Who has a data file, as its lock says, in words; `undefined` when it is known that nobody has.
 *
 * @throws {FixtureError} when the lock cannot be read.
 */
export function holderOf(path: string): string | undefined {
  const owner = readLock(lockPathOf(path), path)?.owner;
  return owner === undefined || isAliveHere(owner) === false ? undefined : describe(owner);
}

function describe({ pid, host, place }: Owner): string {
  if (place !== placeHere()) return `process ${pid} on host '${host}'`;
  return pid === process.pid ? 'another emulator of this process' : `process ${pid}`;
}

/** Whether a process is alive; `undefined` for one that cannot be seen from here. */
function isAliveHere({ pid, host, place, started }: Owner): boolean | undefined {
  // A process cannot watch itself.
  if (place === undefined)
    return placeHere() === undefined && pid === process.pid && host === hostname() ? true : place;
  if (place !== placeHere()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user is alive, too.
    return codeOf(error) === 'EPERM';
  }
  const now = startOf(pid);
  return now !== 'never' && (started === undefined || now === undefined || now === started);
}

/**
 * The namespace in which pids are given, of one start of the system; `undefined` where that is not told, as on
 * all but Linux. The number of a namespace is given again only when nobody of the old one lives.
 */
function placeHere(): string | undefined {
  return unlessItFails(() => {
    // Of another namespace, /proc tells of other processes.
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  });
}

/** When a process started, in ticks since the system did; `never` for a dead one. Known on Linux alone. */
function startOf(pid: number): string | undefined {
  // The name in parentheses can hold anything; the 20th field behind it is the start.
  const stat = textOf(`/proc/${pid}/stat`) ?? '';
  const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // One that is dead, and for which nobody has waited yet, starts nothing any more.
  return /[ZX]/.test(state) ? 'never' : rest[18];
}

/** What a lock says; without an owner it is not of an emulator. @throws {FixtureError} when it cannot be read. */
function readLock(lock: string, path: string): Found | undefined {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && found(lock) === undefined) return undefined;
    const hint = `if no emulator uses the data file, remove ${lock}`;
    throw new FixtureError(path, '', `its lock cannot be read, ${describeFileError(error, lock, 'read')}: ${hint}`);
  }
  const owner: unknown = unlessItFails(() => JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)));
  return { owner: Check(ownerSchema, owner) && !found(lock)?.isSymbolicLink() ? owner : undefined, text };
}

const textOf = (file: string): string | undefined => unlessItFails(() => readFileSync(file, 'utf8'));

function unlessItFails<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Lets nothing else run: a start comes before everything else. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
