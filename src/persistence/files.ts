import { createHash, randomUUID } from 'node:crypto';
import fs, { type BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../text/message-of.ts';
import { foreign } from './storage-error.ts';

export const logPathOf = (path: string): string => `${path}.log`;
export const lockPathOf = (path: string): string => `${path}.lock`;

/** Only for the owner: a data file and the files next to it contain secrets and passwords. */
export const mode = 0o600;

/** Nobody can prepare a link at this name: it is random, and `wx` opens no existing file. */
export const draftOf = (path: string): string => `${path}.${randomUUID()}.tmp`;

interface Placing {
  /** Whether a file is replaced, which keeps its owner; otherwise no file may exist there. */
  readonly replaces?: boolean;
  /** Runs when the text is on disk next to the path. */
  check?(draft: { readonly stats: BigIntStats; readonly digest: string }): void;
  /** Another file in the directory, which is removed last. */
  readonly removes?: string | undefined;
}

/**
 * Writes a text to a file, all at once. When this returns, the text is on disk; when it throws, nothing has changed.
 *
 * @returns the stats of the file, and the SHA-256 of its text as hex.
 * @throws {Error} with the code EEXIST when a file exists that must not be replaced.
 */
export function putFile(path: string, text: Iterable<string | Buffer>, { replaces, check, removes }: Placing = {}) {
  const [draft, old, gone] = [draftOf(path), draftOf(path), draftOf(removes ?? path)];
  const hash = createHash('sha256');
  const undo: (() => void)[] = [];
  try {
    const stats = withFile(draft, 'wx', (file) => {
      for (const piece of text) {
        hash.update(piece);
        fs.writeFileSync(file, piece);
      }
      fs.fsyncSync(file);
      return fs.fstatSync(file, { bigint: true });
    });
    const left = { stats, digest: hash.digest('hex') };
    check?.(left);
    const last = removes === undefined ? undefined : found(removes);
    if (replaces) {
      const { uid, gid } = fs.statSync(path);
      if (process.getuid?.() === 0) fs.chownSync(draft, uid, gid);
      fs.linkSync(path, old);
      fs.renameSync(draft, path);
      undo.unshift(() => fs.renameSync(old, path));
    } else {
      fs.linkSync(draft, path);
      undo.unshift(() => fs.unlinkSync(path));
    }
    syncDirectoryOf(path);
    if (removes !== undefined) {
      fs.renameSync(removes, gone);
      undo.unshift(() => fs.renameSync(gone, removes));
      // An owner that was stopped meanwhile has moved the file of the next owner.
      if (!isSame(found(gone), last)) throw foreign('its log has been changed or replaced by another process', removes);
      syncDirectoryOf(path);
    }
    return left;
  } catch (error) {
    for (const step of undo) unlessItFails(step);
    throw error;
  } finally {
    for (const each of [draft, old, gone]) remove(each);
  }
}

/** Removes the drafts of killed processes. A process that was only stopped cannot put its draft in place any more. */
export function removeDrafts(path: string): void {
  const name = basename(path);
  for (const each of fs.readdirSync(dirname(path))) {
    const isDraft = each.startsWith(name) && /^(\.log)?\.[\da-f-]{36}\.tmp$/.test(each.slice(name.length));
    if (isDraft) remove(join(dirname(path), each));
  }
}

/** A name is on disk when its directory is synced. Windows cannot open a directory. */
function syncDirectoryOf(path: string): void {
  if (process.platform !== 'win32') withFile(dirname(path), 'r', fs.fsyncSync);
}

/** Opens a file for an action. */
export function withFile<T>(path: string, flags: string | number, action: (file: number) => T): T {
  const file = fs.openSync(path, flags, mode);
  try {
    return action(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Reads a file, at whose name others can put something else. Reading a pipe without a writer would never end. */
export function readRegular(path: string): Buffer {
  const stats = fs.statSync(path);
  // Reading a directory fails by itself, with a code that says so.
  if (!stats.isFile() && !stats.isDirectory()) throw new Error('it is not a regular file');
  return fs.readFileSync(path);
}

/** Removes a file if possible. */
export const remove = (path: string): void => unlessItFails(() => fs.unlinkSync(path));

/** The stats of a path, or of a link there; `undefined` when there is none, or the directory cannot be searched. */
export const found = (path: string): BigIntStats | undefined =>
  unlessItFails(() => fs.lstatSync(path, { bigint: true }));

/** Whether a file has neither been replaced nor written to in between. */
export const isSame = (one: BigIntStats | undefined, other: BigIntStats | undefined): boolean =>
  one?.ino === other?.ino && one?.size === other?.size && one?.mtimeNs === other?.mtimeNs;

/** The result of an action; `undefined` when it fails, with a certain code if one is given. */
export function unlessItFails<T>(action: () => T, code?: string): T | undefined {
  try {
    return action();
  } catch (error) {
    if (code === undefined || codeOf(error) === code) return undefined;
    throw error;
  }
}
