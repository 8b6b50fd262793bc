import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { codeOf, messageOf } from './message-of.ts';

/**
 * Explains why a file could not be read or written. The system's own text names a call and perhaps a temporary file.
 *
 * @param path of the file that the user named.
 */
export function describeFileError(error: unknown, path: string, doing: 'read' | 'write'): string {
  switch (codeOf(error)) {
    case 'ENOENT': {
      const missing = missingDirectory(path);
      if (missing !== undefined) return `there is no directory ${missing}`;
      return doing === 'read' ? `there is no file ${path}` : `no file can be made in ${dirname(path)}`;
    }
    case 'ENOTDIR':
      return `${firstFile(path)} is a file, not a directory`;
    case 'EISDIR':
      return `${path} is a directory`;
    case 'EACCES':
    case 'EPERM':
      return `${user()} may not ${doing} ${forbidden(path, doing)}`;
    case 'EROFS':
      return `${dirname(path)} is read-only`;
    case 'ENAMETOOLONG':
      return 'its name is too long';
    case 'ELOOP':
      return 'its links lead in a circle';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return messageOf(error);
  }
}

/** The outermost directory of a path that does not exist. */
function missingDirectory(path: string): string | undefined {
  const directory = dirname(path);
  if (existsSync(directory)) return undefined;
  return missingDirectory(directory) ?? directory;
}

/** The file that stands where the path has a directory. */
function firstFile(path: string): string {
  const directory = dirname(path);
  if (directory === path || statOf(directory)?.isFile()) return directory;
  return firstFile(directory);
}

/** The path without permission: the file, or the directory that contains it. */
function forbidden(path: string, doing: 'read' | 'write'): string {
  // The content of a directory without the permission to search is unknown.
  if (statOf(path) !== undefined && (doing === 'read' || !isWritable(path))) return path;
  return dirname(resolve(path));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Windows has no user ids. */
function user(): string {
  const id = process.getuid?.();
  return id === undefined ? 'this user' : `user ${id}`;
}
