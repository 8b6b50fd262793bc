import http, { type RequestListener } from 'node:http';
import type { MessageClasses } from '../http/express-classes.ts';
import { tidyHost } from './hosts.ts';

/** One interception that is on. */
export interface Interception {
  /** Answers calls to its hosts. */
  readonly answer: RequestListener;
  /** What `answer` takes. */
  readonly classes: MessageClasses;
  isClosed(): boolean;
  end(): void;
  /** The names and patterns of its hosts. */
  readonly hosts: readonly string[];
  /** @param host as `tidyHost` returns it. */
  has(host: string): boolean;
}

/**
 * The interceptions that are on, the latest last. The module has one list, as the process has one fetch and one
 * node:http: interceptors that wrap each other could not be removed in any order.
 */
export const interceptions: Interception[] = [];

/**
 * Under this name node:http holds a function for each copy of this module that has interceptions; it ends those of closed
 * emulators. Jest loads a copy for each test file. Without this function, the interception of a file that did not end it
 * would answer the calls of the next file.
 */
const copiesName = Symbol.for('cloud-elements-emulator.interceptions');

/** The functions that copies of this module have left at node:http. */
export function copies(): Set<() => void> {
  const found: Set<() => void> | undefined = Reflect.get(http, copiesName);
  if (found !== undefined) return found;
  const created = new Set<() => void>();
  Object.defineProperty(http, copiesName, { value: created });
  return created;
}

/** Ends the interceptions of closed emulators. */
export function endClosed(): void {
  for (const { isClosed, end } of [...interceptions]) if (isClosed()) end();
}

/**
 * Drops the interceptions of closed emulators if a later emulator has all of their hosts and answers in their place.
 */
export function dropReplaced(later: Interception): void {
  const hosts = new Set(later.hosts);
  for (const { isClosed, end, hosts: own } of [...interceptions]) {
    if (isClosed() && own.every((host) => hosts.has(host))) end();
  }
}

/**
 * The latest interception of a host, which may have capital letters, a port or a dot at its end. An interception of a
 * closed emulator counts only if there is no other.
 */
export function interceptionOf(host: string): Interception | undefined {
  const name = tidyHost(host);
  const found = interceptions.filter((interception) => interception.has(name));
  return found.findLast((interception) => !interception.isClosed()) ?? found.at(-1);
}
