import { constants } from 'node:os';
import { restart } from '../control/restart.ts';
import { standardInput } from '../fixtures/standard-input.ts';
import { formatUrl } from '../http/format-url.ts';
import { describeApi, type Emulator, type RecordedRequest, startEmulator } from '../index.ts';
import { describeFileError } from '../text/file-error.ts';
import { codeOf, messageOf } from '../text/message-of.ts';
import { version } from '../text/version.ts';
import { greet, sandboxOf } from './greeting.ts';
import { CertificateFile, readKeyPair } from './https.ts';
import { logLine } from './log-line.ts';
import { openPage } from './open-page.ts';
import { type Command, readCommand, type StartCommand, unknownVariables } from './options.ts';
import { helpText } from './table.ts';
import { signals, type Terminal } from './terminal.ts';
import { FileWatch } from './watch.ts';

/** The options or variables that the user wrote for a key and a certificate. */
const fileOptions = '--https-key with --https-cert';

export type { Terminal } from './terminal.ts';

/** The command `cloud-elements-emulator`; resolves when the emulator has started, or the subcommand is done. */
export async function runCommand(terminal: Terminal): Promise<void> {
  watchOutput(terminal);
  try {
    const command = readCommand(terminal.argv.slice(2), terminal.env);
    if (command.action === 'start' || command.action === 'openapi') warnOfVariables(terminal);
    if (command.action === 'help') terminal.stdout.write(helpText());
    else if (command.action === 'version') terminal.stdout.write(`${version}\n`);
    else if (command.action === 'openapi') terminal.stdout.write(await writeDocument(command));
    else if (command.action === 'fixture init')
      terminal.stdout.write((await import('./fixture-command.ts')).initFixture(command));
    else if (command.action === 'fixture check') await check(command.files, terminal);
    else if (command.action === 'fixture pull')
      await (await import('./pull-command.ts')).pullFixture(command, terminal);
    else if (command.action === 'compare') await (await import('./compare-command.ts')).runCompare(command, terminal);
    else await start(command, terminal);
  } catch (error) {
    fail(terminal, error);
    // `compare` exits with 1 when a check differs and with 2 when it could not run, and `fixture pull` likewise.
    if (/^(compare|fixture pull)\b/.test(terminal.argv.slice(2).join(' '))) terminal.exitCode = 2;
  }
}

/** Reports once that the output cannot be written; a running emulator continues. */
function watchOutput(terminal: Terminal): void {
  let isOver = false;
  terminal.stdout.on('error', (error) => {
    if (isOver) return;
    isOver = true;
    // The reader of the output may stop reading, as `head` does. This is not a failure, and the emulator continues.
    if (codeOf(error) === 'EPIPE') return;
    fail(terminal, new Error(`The output cannot be written: ${describeFileError(error, 'standard output', 'write')}.`));
  });
  // There is no other stream to report it on.
  terminal.stderr.on('error', () => undefined);
}

function warnOfVariables({ env, stderr }: Terminal): void {
  for (const line of unknownVariables(env)) stderr.write(`cloud-elements-emulator: ${line}\n`);
}

async function writeDocument({ port, host, isSecure }: Extract<Command, { action: 'openapi' }>): Promise<string> {
  const document = await describeApi(formatUrl(host, port, isSecure));
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Checks all files; the command fails when one of them has an issue. */
async function check(files: readonly string[], terminal: Terminal): Promise<void> {
  const { checkFixtures } = await import('./fixture-command.ts');
  for (const { isGood, lines } of checkFixtures(files)) {
    (isGood ? terminal.stdout : terminal.stderr).write(`${lines.join('\n')}\n`);
    if (!isGood) terminal.exitCode = 1;
  }
}

async function start({ options, log, open, watch, https, labels }: StartCommand, terminal: Terminal): Promise<void> {
  const { stdout } = terminal;
  // The watch begins before the start reads the file, so that no change is missed.
  const fileWatch = watch === undefined ? undefined : new FileWatch(watch);
  const emulator = await startEmulator({
    ...options,
    https: typeof https === 'object' ? readKeyPair(https) : https,
    onRequest: log === 'info' ? (request: RecordedRequest) => stdout.write(logLine(request)) : undefined,
    onError: log === 'silent' ? () => undefined : undefined,
  }).catch((error: unknown) => {
    throw new Error(messageOf(error).replace("Option 'now'", labels.now).replace("Option 'https'", fileOptions));
  });
  const certificate =
    https === false || log === 'silent' ? undefined : new CertificateFile(https, emulator.certificate);
  // After `close` nothing keeps the process alive.
  let isEnding = false;
  for (const signal of signals) {
    terminal.on(signal, () => {
      // A second signal ends the process without waiting for requests under way.
      if (isEnding) terminal.exit(128 + constants.signals[signal]);
      isEnding = true;
      fileWatch?.stop();
      certificate?.remove();
      emulator.close().catch((error: unknown) => fail(terminal, error));
    });
  }
  // Printed after the listeners for signals are added, because a reader of the address may send one at once.
  const fixture = options.fixture === standardInput ? 'from standard input' : options.fixture;
  const where = options.dataFile ?? `fixture ${fixture}`;
  if (log !== 'silent')
    stdout.write(`cloud-elements-emulator ${version}, ${where}\n\n${greet(emulator, certificate)}\n\n`);
  fileWatch?.start(async () => {
    const note = await startAnew(emulator, String(watch), certificate, terminal);
    if (log === 'info') stdout.write(note);
  });
  if (open) void openSandbox(emulator, terminal);
}

/**
 * Starts from the changed file, or reports why that cannot be done.
 *
 * @returns the line for the log.
 */
async function startAnew(
  emulator: Emulator,
  file: string,
  certificate: CertificateFile | undefined,
  { stderr }: Terminal,
): Promise<string> {
  const before = greet(emulator, certificate);
  try {
    await restart(emulator, file);
  } catch (error) {
    stderr.write(`cloud-elements-emulator: ${messageOf(error)}; the emulator continues unchanged\n`);
    return '';
  }
  const after = greet(emulator, certificate);
  return `${file} has changed: restarted from it\n${after === before ? '' : `\n${after}\n\n`}`;
}

async function openSandbox(emulator: Emulator, { platform, env, stderr }: Terminal): Promise<void> {
  const page = sandboxOf(emulator);
  if (!(await openPage(page, platform, env))) stderr.write(`No browser could be opened: the sandbox page is ${page}\n`);
}

function fail(terminal: Terminal, error: unknown): void {
  terminal.stderr.write(`cloud-elements-emulator: ${messageOf(error)}\n`);
  terminal.exitCode = 1;
}
