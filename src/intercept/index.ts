import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { closedMessage, isClosed } from '../http/closed.ts';
import { interceptable } from '../http/intercepted.ts';
import type { Emulator } from '../index.ts';
import { compileHosts, isHostPattern, platformHosts } from './hosts.ts';
import { install } from './install.ts';
import { copies, dropReplaced, endClosed, interceptions } from './interceptions.ts';

/** How the platform's hosts are intercepted. */
export interface InterceptOptions {
  /**
   * Further host names of the platform, without scheme and port. A `*` matches one or more parts of a name:
   * `*.example.com`. Default: none but those of the platform, of its staging environments and of SAP Open Connectors,
   * which docs/programming-interface.md lists.
   */
  hosts?: readonly string[] | undefined;
}

/** Restores fetch and node:http; there while an interception is on. */
let uninstall: (() => void) | undefined;

/**
 * Lets every call that this process makes to the platform's hosts reach the emulator instead, through fetch, node:http,
 * node:https and libraries that use these, without a socket. Calls to other hosts are not changed. When two emulators
 * intercept the same host, the latest one gets its calls. After `close()` of an emulator its hosts belong to the
 * emulator before it. Without one, calls to them fail with "The emulator has been closed" until the returned function
 * is called, so that none reaches the real platform unnoticed.
 *
 * @param emulator started or not: this needs no socket.
 * @returns ends the interception.
 * @throws {Error} for a value that is not an emulator, a closed emulator, or hosts that are not host names.
 */
export function interceptPlatform(emulator: Pick<Emulator, 'app'>, options: InterceptOptions = {}): () => void {
  check(emulator, options);
  const hosts = [...platformHosts, ...(options.hosts ?? []).map((host) => host.toLowerCase())];
  const { app } = emulator;
  if (isClosed(app)) throw new Error(closedMessage);
  const answer: RequestListener = (request, response) => (isClosed(app) ? response.destroy() : app(request, response));
  for (const end of copies()) if (end !== endClosed) end();
  const { classes = { IncomingMessage, ServerResponse }, begin } = interceptable(app) ?? {};
  const interception = { answer, classes, isClosed: () => isClosed(app), hosts, has: compileHosts(hosts), end };
  uninstall ??= install();
  copies().add(endClosed);
  interceptions.push(interception);
  const tellEnd = begin?.(hosts);
  dropReplaced(interception);
  return end;

  function end(): void {
    const index = interceptions.indexOf(interception);
    if (index === -1) return;
    interceptions.splice(index, 1);
    tellEnd?.();
    if (interceptions.length > 0) return;
    copies().delete(endClosed);
    uninstall?.();
    uninstall = undefined;
  }
}

/** @throws {Error} for arguments with which calls would reach the real platform unnoticed. */
function check(emulator: unknown, options: object): void {
  if (typeof emulator !== 'object' || emulator === null || !('app' in emulator) || typeof emulator.app !== 'function') {
    throw new Error('interceptPlatform() takes an emulator: interceptPlatform(emulator, { hosts }).');
  }
  const unknown = Object.keys(options).find((name) => name !== 'hosts');
  if (unknown !== undefined) throw new Error(`Unknown option '${unknown}' of interceptPlatform(): known is hosts.`);
  const { hosts = [] } = options as InterceptOptions;
  if (!Array.isArray(hosts)) throw new Error("Option 'hosts' of interceptPlatform() must be a list of host names.");
  const wrong = hosts.find((host) => !isHostPattern(host));
  if (typeof wrong === 'string' && wrong.includes('*')) {
    throw new Error(
      `Option 'hosts' of interceptPlatform() has '${wrong}': a * stands for whole parts of a name, as in *.example.com.`,
    );
  }
  if (wrong !== undefined) {
    throw new Error(`Option 'hosts' of interceptPlatform() has '${wrong}': host names have no scheme, port or path.`);
  }
}
