import { randomUUID } from 'node:crypto';
import fs, { type BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../message-of.ts';

export const logPathOf = (path: string): string => `${path}.log`;
export const lockPathOf = (path: string): string => `${path}.lock`;

/** For its owner alone: a data file, and what is beside it, holds secrets and passwords. */
export const mode = 0o600;

/** A draft cannot be planted: its name cannot be foretold, and `wx` opens nothing that is there already. */
const draftOf = (path: string): string => `${path}.${randomUUID()}.tmp`;

/** Writes a text beside a file; all of it is on disk when this returns with its name. */
export function writeDraft(path: string, text: Iterable<string | Buffer>): string {
  const draft = draftOf(path);
  const file = fs.openSync(draft, 'wx', mode);
  try {
    try {
      for (const piece of text) fs.writeFileSync(file, piece);
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    return draft;
  } catch (error) {
    remove(draft);
    throw error;
  }
}

/**
 * Makes a file that is not there yet: it comes into being with its content, and both are on disk when this returns.
 *
 * @returns whether it was made: `false` when something has the name already, which is left alone.
 */
export function makeFile(path: string, text: Iterable<string | Buffer>): boolean {
  const draft = writeDraft(path, text);
  let isMade = false;
  try {
    fs.linkSync(draft, path);
    isMade = true;
    syncDirectoryOf(path);
    return true;
  } catch (error) {
    if (isMade) remove(path);
    else if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    remove(draft);
  }
}

/**
 * Puts a draft in place of a file, whose owner it gets: on disk when this returns. When it throws, the file is as it was.
 *
 * @param then a further step, of which the same holds.
 */
export function placeDraft(draft: string, path: string, then: () => void): void {
  const old = draftOf(path);
  const { uid, gid } = fs.statSync(path);
  if (process.getuid?.() === 0) fs.chownSync(draft, uid, gid);
  fs.linkSync(path, old);
  let isPlaced = false;
  try {
    fs.renameSync(draft, path);
    isPlaced = true;
    syncDirectoryOf(path);
    then();
  } catch (error) {
    if (isPlaced) fs.renameSync(old, path);
    throw error;
  } finally {
    remove(old);
  }
}

/** Removes what a killed process was writing; one that is only stopped cannot put it in place any more. */
export function removeDrafts(path: string): void {
  const [directory, name] = [dirname(path), basename(path)];
  for (const each of fs.readdirSync(directory)) {
    const isDraft = each.startsWith(name) && /^(\.log)?\.[\da-f-]{36}\.tmp$/.test(each.slice(name.length));
    if (isDraft) remove(join(directory, each));
  }
}

/** Removes a file, if it can be. */
export function remove(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch {
    // It is gone, or never was.
  }
}

/** A name is on disk when its directory is. Windows opens none. */
export function syncDirectoryOf(path: string): void {
  if (process.platform === 'win32') return;
  const directory = fs.openSync(dirname(path), 'r');
  try {
    fs.fsyncSync(directory);
  } finally {
    fs.closeSync(directory);
  }
}

/** What is at a path; `undefined` when nothing is, also where nobody may look. A link is not followed. */
export function found(path: string): BigIntStats | undefined {
  try {
    return fs.lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Tells a file from another one at its path, and from itself once somebody has written to it. */
export const markOf = (stats: BigIntStats | undefined): string | undefined =>
  stats && `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
