import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, run } from './install.ts';

/**
 * A clone of this repository as its files are now, committed or not, in a folder `cloud-elements-emulator` of a
 * folder of its own. Nothing is installed or built in it.
 */
export function cloneRepository(): string {
  const clone = join(mkdtempSync(join(tmpdir(), 'clone-')), 'cloud-elements-emulator');
  mkdirSync(clone);
  const git = (folder: string, ...args: string[]) => {
    const { status, output } = run(folder, 'git', ...args);
    if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${output}`);
    return output;
  };
  git(clone, 'init', '--quiet');
  const deleted = new Set(git(root, 'ls-files', '-z', '--deleted').split('\0'));
  for (const file of git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')) {
    if (file === '' || deleted.has(file)) continue;
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  git(clone, 'add', '--all');
  git(clone, '-c', 'user.name=Test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '--message', 'as it is');
  return clone;
}
