import type { Terminal } from './terminal.ts';

/**
 * A signal that is aborted when the user interrupts the command. The first interruption prints a message and lets the
 * command clean up; a second one ends the process.
 */
export function interruption(terminal: Terminal, words: string): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    terminal.on(signal, () => {
      // 128 plus the number of SIGINT, as shells report it.
      if (controller.signal.aborted) terminal.exit(130);
      else terminal.stderr.write(`\ncloud-elements-emulator: ${words}\n`);
      controller.abort();
    });
  }
  return controller.signal;
}
