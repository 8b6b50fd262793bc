import { randomUUID } from 'node:crypto';
import fs, { type BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../text/message-of.ts';

export const logPathOf = (path: string): string => `${path}.log`;
export const lockPathOf = (path: string): string => `${path}.lock`;

/** For its owner alone: a data file, and what is beside it, holds secrets and passwords. */
export const mode = 0o600;

/** Nobody can prepare a link at this name: it is random, and `wx` opens nothing that is there already. */
const draftOf = (path: string): string => `${path}.${randomUUID()}.tmp`;

/** Writes a text to a draft beside a file. When this returns its path, all of it is on disk. */
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
 * Makes a file with all of its content at once. When this returns, both are on disk.
 *
 * @returns `false` when something is at the path already, which is left alone.
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
 * Puts a draft in place of a file, with the owner of the file. When this returns, that is on disk; when it throws,
 * the file is as it was.
 *
 * @param then a last step, which can fail like the others.
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

/** Removes the drafts of killed processes. A process that was only stopped cannot put its draft in place any more. */
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

/** A new name is on disk when its directory is. Windows cannot open a directory. */
export function syncDirectoryOf(path: string): void {
  if (process.platform === 'win32') return;
  const directory = fs.openSync(dirname(path), 'r');
  try {
    fs.fsyncSync(directory);
  } finally {
    fs.closeSync(directory);
  }
}

/** What is at a path, a link for example; `undefined` when nothing is, or the directory cannot be searched. */
export function found(path: string): BigIntStats | undefined {
  try {
    return fs.lstatSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Differs when a file has been replaced or written to. */
export const markOf = (stats: BigIntStats | undefined): string | undefined =>
  stats && `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
