import { type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { mode, removeFile, replaceFile, syncDirectoryOf } from './replace-file.ts';

/**
 * The file of a change log: text is appended to it, and is on disk when that resolves. What fails is
 * taken off its end again, and nothing more is appended before that has been done.
 *
 * Nothing here waits for what was begun before: `inTurn` keeps those apart who need it.
 */
export class LogFile {
  readonly path: string;
  /** How much of the file counts. */
  #length: number;
  /** Whether there may be more in it than counts. */
  #isLonger: boolean;
  /** Whether the name of the file is on disk; a new one is when its directory has been synced. */
  #isNamed: boolean;
  #handle: FileHandle | undefined;
  /** The number of the open file: another one at its path is not it. */
  #inode: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param length how much of the file counts; 0 also when there is none.
   * @param isLonger whether there may be more in it.
   */
  constructor(path: string, length: number, isLonger: boolean) {
    this.path = path;
    this.#length = length;
    this.#isLonger = isLonger;
    this.#isNamed = length > 0;
  }

  /** How many bytes there are of what counts. */
  get length(): number {
    return this.#length;
  }

  /** Whether somebody has removed or replaced the file: what it had is nowhere any more. */
  get isLost(): boolean {
    const found = this.#found()?.ino;
    return this.#inode === undefined ? this.#length > 0 && found === undefined : this.#inode !== found;
  }

  /** Begins anew, with a file of which nothing counts. */
  async forget(): Promise<void> {
    await this.close();
    this.#length = 0;
    this.#isLonger = true;
    this.#isNamed = false;
  }

  /** Runs an action once those before it have come to their end. */
  inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(action);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Appends text, all of it or nothing. */
  async append(text: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void> {
    const handle = await this.#open();
    if (this.#isLonger) await this.#cut(handle);
    let length = 0;
    this.#isLonger = true;
    try {
      for await (const piece of text) {
        await handle.writeFile(piece);
        length += piece.length;
      }
      await handle.datasync();
      if (!this.#isNamed) await syncDirectoryOf(this.path);
    } catch (error) {
      // When this fails, too, it is tried again before anything else is appended.
      await this.#cut(handle).catch(() => undefined);
      throw error;
    }
    this.#length += length;
    this.#isLonger = false;
    this.#isNamed = true;
  }

  /** Puts another text in place of the whole log; removes the file when it is empty. */
  async replace(text: string): Promise<void> {
    const before = this.#found();
    // Windows puts nothing in place of a file that is open.
    await this.close();
    const length = Buffer.byteLength(text);
    try {
      if (text === '') await removeFile(this.path);
      else await replaceFile(this.path, [Buffer.from(text)]);
      this.#isNamed = text !== '';
    } catch (error) {
      // It may be in place all the same, and its name not on disk.
      const now = this.#found();
      if (now?.ino === before?.ino || (now?.size ?? 0) !== length) throw error;
      this.#isNamed = false;
    }
    this.#length = length;
    this.#isLonger = false;
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#inode = undefined;
    await handle?.close().catch(() => undefined);
  }

  async #open(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle;
    const handle = await open(this.path, 'a', mode);
    this.#handle = handle;
    this.#inode = this.#found()?.ino;
    return handle;
  }

  /** What is at the path; nothing also where nobody may look. */
  #found(): Stats | undefined {
    try {
      return statSync(this.path, { throwIfNoEntry: false });
    } catch {
      return undefined;
    }
  }

  async #cut(handle: FileHandle): Promise<void> {
    await handle.truncate(this.#length);
    await handle.datasync();
    this.#isLonger = false;
  }
}
