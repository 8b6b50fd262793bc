import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { found, makeFile, markOf, syncDirectoryOf } from './files.ts';
import { CannotKeepError, foreign } from './storage-error.ts';

/** A log is appended to, but never through a link. Windows has no such flag. */
const appending = fs.constants.O_WRONLY | fs.constants.O_APPEND | (fs.constants.O_NOFOLLOW ?? 0);

/**
 * The file of a change log: lines are appended to it, and on disk then. What fails is taken off its end again, and
 * nothing more is appended before that has been done.
 */
export class LogFile {
  readonly path: string;
  /** How much of the file counts; 0 when there is none. */
  #length: number;
  /** Whether there may be more in it than counts. */
  #isLonger: boolean;
  #handle: FileHandle | undefined;
  /** Which file it is, and what that was after the last step of ours. */
  #inode: bigint | undefined;
  #mark: string | undefined;

  /** @param length how much counts of the file that is there; 0 when none is. */
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
    if (now !== this.#mark) throw foreign(`its log is ${now === undefined ? 'gone' : 'another one'}`, this.path);
  }

  /**
   * Appends a line, all of it or nothing.
   *
   * @param header the first line of a log that does not exist yet.
   * @param check runs when the line is on disk. What is somebody else's by then is left as it is.
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
      if (found(this.path)?.size !== BigInt(length)) throw foreign('its log is written to by others', this.path);
    } catch (error) {
      // When this fails, too, it is tried again before anything else is appended.
      if (!(error instanceof CannotKeepError)) await this.#cut(handle).catch(() => undefined);
      throw error;
    }
    this.#length = length;
    this.#isLonger = false;
  }

  /** Ends the log: all of it is in the data file. */
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
    if (!makeFile(this.path, [header])) throw foreign('its log has been made by others', this.path);
    this.#length = Buffer.byteLength(header);
    this.#isLonger = false;
    this.#begin();
  }

  async #open(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle;
    const handle = await open(this.path, appending);
    if ((await handle.stat({ bigint: true })).ino !== this.#inode) {
      await handle.close();
      throw foreign('its log is another one', this.path);
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

  /** Remembers what the file is after a step of ours; another one at its place stays another one. */
  #note(): void {
    const now = found(this.path);
    if (now?.ino === this.#inode) this.#mark = markOf(now);
  }
}
