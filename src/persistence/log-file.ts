import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { found, makeFile, markOf, syncDirectoryOf } from './files.ts';
import { CannotKeepError, foreign } from './storage-error.ts';

/** A link is not followed. Windows has no flag for that. */
const appending = fs.constants.O_WRONLY | fs.constants.O_APPEND | (fs.constants.O_NOFOLLOW ?? 0);

const changed = 'its log has been changed or replaced by somebody else';

/**
 * The file of a change log. A line that cannot be appended is taken off the end again, and nothing more is appended
 * before that has succeeded.
 */
export class LogFile {
  readonly path: string;
  /** How much of the file counts; 0 when there is none. */
  #length: number;
  /** Whether the file may be longer than what counts. */
  #isLonger: boolean;
  #handle: FileHandle | undefined;
  /** Which file it is, and its mark after our last step. */
  #inode: bigint | undefined;
  #mark: string | undefined;

  /** @param length how much of the present file counts; 0 when there is none. */
  constructor(path: string, length: number) {
    this.path = path;
    this.#length = length;
    this.#isLonger = length > 0;
    this.#begin();
  }

  get length(): number {
    return this.#length;
  }

  /** @throws {CannotKeepError} when the file is not as it was left. */
  requireOwn(): void {
    const now = markOf(found(this.path));
    if (now !== this.#mark) throw foreign(now === undefined ? 'its log is gone' : changed, this.path);
  }

  /**
   * Appends a line, all of it or nothing.
   *
   * @param header the first line of a log that does not exist yet.
   * @param check runs when the line is on disk. When it finds that the files are not ours any more, they are left alone.
   */
  async append(header: string, line: string, check: () => void): Promise<void> {
    if (this.#length === 0) this.#make(header);
    const handle = await this.#open();
    if (this.#isLonger) await this.#cut(handle);
    const length = this.#length + Buffer.byteLength(line);
    this.#isLonger = true;
    try {
      await handle.writeFile(line);
      await handle.datasync();
      this.#note();
      check();
      if (found(this.path)?.size !== BigInt(length)) throw foreign(changed, this.path);
    } catch (error) {
      if (!(error instanceof CannotKeepError)) await this.#cut(handle).catch(() => undefined);
      throw error;
    }
    this.#length = length;
    this.#isLonger = false;
  }

  /** Removes the file, once the data file has all changes. */
  remove(): void {
    this.requireOwn();
    fs.unlinkSync(this.path);
    void this.close();
    this.#length = 0;
    this.#begin();
    syncDirectoryOf(this.path);
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close().catch(() => undefined);
  }

  #make(header: string): void {
    if (!makeFile(this.path, [header])) throw foreign(changed, this.path);
    this.#length = Buffer.byteLength(header);
    this.#isLonger = false;
    this.#begin();
  }

  async #open(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle;
    const handle = await open(this.path, appending);
    if ((await handle.stat({ bigint: true })).ino !== this.#inode) {
      await handle.close();
      throw foreign(changed, this.path);
    }
    this.#handle = handle;
    return handle;
  }

  async #cut(handle: FileHandle): Promise<void> {
    try {
      await handle.truncate(this.#length);
      await handle.datasync();
      this.#isLonger = false;
    } finally {
      this.#note();
    }
  }

  #begin(): void {
    this.#inode = found(this.path)?.ino;
    this.#note();
  }

  /** Takes the mark after a step of ours, unless the file has been replaced. */
  #note(): void {
    const now = found(this.path);
    if (now?.ino === this.#inode) this.#mark = markOf(now);
  }
}
