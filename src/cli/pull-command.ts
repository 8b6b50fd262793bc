import { standardInput } from '../fixtures/standard-input.ts';
import { createEmulator } from '../index.ts';
import { counted } from '../text/counted.ts';
import { fixtureText, quoted, requireFree, saveFixture } from './fixture-command.ts';
import { interruption } from './interruption.ts';
import { Progress } from './progress.ts';
import { nameVariables, readSecrets } from './server-secrets.ts';
import type { Terminal } from './terminal.ts';

/** To write a fixture of a real organization. */
export interface PullCommand {
  readonly action: 'fixture pull';
  readonly baseUrl: string;
  /** `-` is standard output. */
  readonly file: string;
  readonly keepNames: boolean;
  readonly force: boolean;
}

/**
 * Reads an organization and writes it as a fixture.
 *
 * @throws {Error} when the file exists or cannot be written, or the server cannot be read.
 */
export async function pullFixture({ baseUrl, file, keepNames, force }: PullCommand, terminal: Terminal): Promise<void> {
  const isPrinted = file === standardInput;
  const secrets = readSecrets(terminal.env);
  if (!isPrinted) requireFree(file, force);
  const signal = interruption(terminal, 'interrupted: nothing is written');
  const progress = new Progress(terminal);
  const { pull } = await import('../pull/index.ts');
  const { fixture, summary, notes } = await pull({
    baseUrl,
    ...secrets,
    keepNames,
    signal,
    onProgress: ({ accounts, ofAccounts, users }) =>
      progress.show(`${accounts} of ${counted(ofAccounts, 'account')}, ${counted(users, 'user')}`),
  })
    .catch(nameVariables)
    .finally(() => progress.end());
  // Only a fixture with which an emulator can start is written.
  await createEmulator({ fixture }).close();
  const report = [`${isPrinted ? 'standard output' : file}: written, ${summary.join(', ')}`, ...notes];
  if (isPrinted) {
    terminal.stdout.write(fixtureText('fixture.json', fixture));
    terminal.stderr.write(`${report.join('\n')}\n`);
    return;
  }
  // Even without names, the fixture shows how an organization is built.
  saveFixture(file, fixture, { force, isPrivate: true });
  terminal.stdout.write(`${report.join('\n')}\nStart with it: npx cloud-elements-emulator --fixture ${quoted(file)}\n`);
}
