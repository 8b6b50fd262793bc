import { type FileHandle, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { codeOf } from '../message-of.ts';

/** For its owner alone: a data file, and what is beside it, holds secrets and passwords. */
export const mode = 0o600;

/**
 * Puts a text in place of a file: all of it is on disk when this resolves.
 *
 * @param beforeRename runs when the text is on disk, beside the file, which still is what it was.
 */
export async function replaceFile(
  path: string,
  text: Iterable<Buffer> | AsyncIterable<Buffer>,
  beforeRename: () => Promise<void> = async () => undefined,
): Promise<void> {
  // Opened first: what can fail is to fail while the file is as it was.
  const directory = await openDirectory(path);
  try {
    // The library would write once and not look how much of it the disk has taken.
    const tmpfileCreated = async (temporary: string) => {
      const file = await open(temporary, 'w', mode);
      try {
        for await (const piece of text) await file.writeFile(piece);
        await file.sync();
      } finally {
        await file.close();
      }
      await beforeRename();
    };
    await writeFileAtomic(path, '', { mode, tmpfileCreated });
    await directory?.sync();
  } finally {
    await directory?.close().catch(() => undefined);
  }
}

/** Removes a file that need not be there. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

/** Makes sure that the names in the directory of a file are on disk: a new name is when its directory is. */
export async function syncDirectoryOf(path: string): Promise<void> {
  const directory = await openDirectory(path);
  try {
    await directory?.sync();
  } finally {
    await directory?.close().catch(() => undefined);
  }
}

/** `undefined` on Windows, which opens no directories. */
async function openDirectory(path: string): Promise<FileHandle | undefined> {
  return process.platform === 'win32' ? undefined : open(dirname(path));
}
