import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, readlinkSync, renameSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
// Not the globals, which a suite's fake timers replace.
import { clearInterval, setInterval } from 'node:timers';
import * as Type from '@sinclair/typebox';
import { Check } from '@sinclair/typebox/value';
import { FixtureError } from '../fixtures/fixture-error.ts';
import { describeFileError } from '../text/file-error.ts';
import { codeOf } from '../text/message-of.ts';
import { draftOf, found, lockPathOf, putFile, readRegular, remove, unlessItFails, withFile } from './files.ts';
import { foreign } from './storage-error.ts';

/** How often an owner writes to its lock, in milliseconds. */
const beatEvery = 1000;
/** An owner who writes nothing during this many checks, this many milliseconds apart, is dead: 20 seconds. */
const looks = 40;
const lookEvery = 500;

/** The owner of a lock, as its file names it. */
const ownerSchema = Type.Object({
  pid: Type.Integer({ minimum: 1 }),
  host: Type.String(),
  /** Where the pid is valid. */
  place: Type.Optional(Type.String()),
  /** When the process started, if the system says so. */
  started: Type.Optional(Type.String()),
});
type Owner = Type.Static<typeof ownerSchema>;

/** A file that one emulator at a time can use. */
export interface Lock {
  /** @throws {CannotKeepError} when this emulator does not hold it any more. */
  requireHeld(): void;
  release(): void;
}

/**
 * Locks a file with another file next to it, which names the owner, and to which the owner writes every second. If the
 * process of the owner is visible from here, it is known to be alive or dead; the lock of any other owner is watched
 * for up to 20 seconds. The emulator compares its text and counts its checks, so that no clock matters.
 *
 * @param onWait called with the reason when the start takes long.
 * @throws {FixtureError} when another emulator uses the file. The lock of a dead owner is replaced.
 */
export function lockFile(path: string, onWait: (message: string) => void): Lock {
  const lock = lockPathOf(path);
  const { pid } = process;
  // The nonce distinguishes the emulators of one process.
  const own = JSON.stringify({ pid, host: hostname(), place: placeHere(), started: startOf(pid), nonce: randomUUID() });
  while (unlessItFails(() => putFile(lock, [`${own} ${count(0)}\n`]), 'EEXIST') === undefined) {
    const { owner, text } = readLock(lock, path) ?? { text: undefined };
    if (text === undefined) continue;
    if (owner === undefined) {
      const hint = 'the lock needs this name: move it away, or use another data file';
      throw new FixtureError(path, '', `${lock} was not written by an emulator: ${hint}`);
    }
    const [who, isAlive, seconds] = [describe(owner), isAliveHere(owner), (looks * lookEvery) / 1000];
    const wait = `in use by ${who}: checking for up to ${seconds} seconds whether that process is alive`;
    if (isAlive === undefined) onWait(`${path}: ${wait}`);
    if (isAlive ?? isBeating(lock, text)) {
      throw new FixtureError(path, '', `the data file is in use by ${who}: close that one first, or use another file`);
    }
    moveAway(lock, text);
  }
  let beats = 0;
  // Opened each time, so that network file systems show the change to other machines.
  const beat = (file: number) => {
    beats += 1;
    if (readFileSync(file, 'utf8').startsWith(own)) writeSync(file, count(beats), Buffer.byteLength(own) + 1);
  };
  // When this fails, the next change fails with the reason.
  const timer = setInterval(() => unlessItFails(() => withFile(lock, 'r+', beat)), beatEvery).unref();
  return {
    requireHeld: () => {
      const now = textOf(lock);
      const what = now === undefined ? 'its lock is gone' : "its lock is another emulator's";
      if (!now?.startsWith(own)) throw foreign(what, lock);
    },
    release: () => {
      clearInterval(timer);
      // A person may have removed the lock, and another emulator may have started.
      if (textOf(lock)?.startsWith(own)) remove(lock);
    },
  };
}

/** Each beat replaces the one before it: a full disk has room for that. */
const count = (beats: number): string => String(beats).padStart(10, '0');

/** Whether the owner of a lock writes to it. When the lock has another owner by now, that one is checked next. */
function isBeating(lock: string, text: string): boolean {
  // Nothing else runs meanwhile: the start comes first.
  const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookEvery);
  for (let look = 0; look < looks && textOf(lock) === text; look++) wait();
  const now = textOf(lock) ?? '';
  return now !== text && now.startsWith(text.slice(0, -count(0).length - 1));
}

/** Removes a dead lock. When another start has replaced it by now, that start gets its lock back. */
function moveAway(lock: string, dead: string): void {
  const away = draftOf(lock);
  unlessItFails(() => renameSync(lock, away), 'ENOENT');
  if (textOf(away) !== dead) unlessItFails(() => linkSync(away, lock));
  remove(away);
}

/** The owner of a data file in words, if there is one. @throws {FixtureError} when the lock cannot be read. */
export function holderOf(path: string): string | undefined {
  const owner = readLock(lockPathOf(path), path)?.owner;
  return owner === undefined || isAliveHere(owner) === false ? undefined : describe(owner);
}

function describe({ pid, host, place }: Owner): string {
  if (place !== placeHere()) return `process ${pid} on host '${host}'`;
  return pid === process.pid ? 'another emulator of this process' : `process ${pid}`;
}

/** Whether a process is alive; `undefined` for one that is not visible from here. */
function isAliveHere({ pid, place, started }: Owner): boolean | undefined {
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
 * Where pids mean the same processes as here: on Linux, a pid namespace of one start of the system. The number of a
 * namespace is reused only when all of its processes have ended. On other systems it is this process only.
 */
function placeHere(): string {
  const namespace = unlessItFails(() => {
    // A /proc of another namespace shows other processes.
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  });
  return namespace ?? `process ${process.pid} on ${hostname()}`;
}

/** When a process started, in ticks since the start of the system; `never` for a dead one. Only Linux says it. */
function startOf(pid: number): string | undefined {
  // The name in parentheses can contain anything; the 20th field after it is the start.
  const stat = textOf(`/proc/${pid}/stat`) ?? '';
  const [state = '', ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie is dead: it cannot write.
  return /[ZX]/.test(state) ? 'never' : rest[18];
}

/** Reads a lock; one without an owner was not written by an emulator. @throws {FixtureError} when it cannot be read. */
function readLock(lock: string, path: string) {
  let text: string;
  try {
    text = readRegular(lock).toString('utf8');
  } catch (error) {
    // Another start may have created the lock after that; a dangling link stays unreadable.
    if (codeOf(error) === 'ENOENT' && !found(lock)?.isSymbolicLink()) return undefined;
    const hint = `if no emulator uses the data file, remove ${lock}`;
    throw new FixtureError(path, '', `its lock cannot be read, ${describeFileError(error, lock, 'read')}: ${hint}`);
  }
  const owner: unknown = unlessItFails(() => JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)));
  return { owner: Check(ownerSchema, owner) && !found(lock)?.isSymbolicLink() ? owner : undefined, text };
}

const textOf = (file: string): string | undefined => unlessItFails(() => readRegular(file).toString('utf8'));
