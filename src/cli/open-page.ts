import { spawn } from 'node:child_process';

/** The command that opens an address in the browser, and its arguments. */
export function openerOf(platform: NodeJS.Platform, url: string): [command: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', url];
  // `start` is a command of the shell, and takes a first text in quotes as the title of a window.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', url];
  return ['xdg-open', url];
}

/** Opens an address in the browser; resolves to whether that could be done. */
export function openPage(url: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<boolean> {
  const [command, ...args] = openerOf(platform, url);
  return new Promise((resolve) => {
    const opener = spawn(command, args, { env, detached: true, stdio: 'ignore', windowsVerbatimArguments: true });
    // Some of these commands are the browser itself, which ends when its user closes it: the emulator does not wait for
    // that.
    opener.unref();
    opener.once('error', () => resolve(false));
    opener.once('exit', (code) => resolve(code === 0));
  });
}
