import { constants } from 'node:os';
import { type Command, helpText, readCommand } from './cli-options.ts';
import { checkFixtures, initFixture } from './fixture-command.ts';
import { formatUrl } from './format-url.ts';
import { describeApi, type Emulator, type RecordedRequest, startEmulator } from './index.ts';
import { messageOf } from './message-of.ts';
import { openPage } from './open-page.ts';
import { controlPath } from './paths.ts';
import { version } from './version.ts';

/** The signals that end the command, by which shells know them: 128 and the number is the exit code. */
const signals = { SIGINT: constants.signals.SIGINT, SIGTERM: constants.signals.SIGTERM } as const;

type Signal = keyof typeof signals;

/** What the command needs of a process. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  exitCode?: number | string | null | undefined;
  on(signal: Signal, listener: () => void): unknown;
  exit(code: number): unknown;
}

/** The command `cloud-elements-emulator`; resolves when it has started, or has nothing to start. */
export async function runCommand(terminal: Terminal): Promise<void> {
  try {
    const command = readCommand(terminal.argv.slice(2), terminal.env);
    if (command.action === 'help') terminal.stdout.write(helpText());
    else if (command.action === 'version') terminal.stdout.write(`${version}\n`);
    else if (command.action === 'openapi') terminal.stdout.write(await writeDocument(command));
    else if (command.action === 'fixture init') terminal.stdout.write(initFixture(command));
    else if (command.action === 'fixture check') check(command.files, terminal);
    else await start(command, terminal);
  } catch (error) {
    fail(terminal, error);
  }
}

async function writeDocument({ port, host }: Extract<Command, { action: 'openapi' }>): Promise<string> {
  const document = await describeApi(formatUrl(host, port));
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** One line a file; a wrong one fails the command when all have been looked at. */
function check(files: readonly string[], terminal: Terminal): void {
  for (const { isGood, line } of checkFixtures(files)) {
    (isGood ? terminal.stdout : terminal.stderr).write(`${line}\n`);
    if (!isGood) terminal.exitCode = 1;
  }
}

type StartCommand = Extract<Command, { action: 'start' }>;

async function start({ options, log, open }: StartCommand, terminal: Terminal): Promise<void> {
  const { stdout } = terminal;
  const emulator = await startEmulator({
    ...options,
    onRequest: log === 'info' ? (request: RecordedRequest) => stdout.write(logLine(request)) : undefined,
    onError: log === 'silent' ? () => undefined : undefined,
  });
  const where = options.dataFile ?? `fixture ${options.fixture}`;
  stdout.write(`cloud-elements-emulator ${version}, ${where}\n\n${greet(emulator)}\n\n`);
  if (open) void openSandbox(emulator, terminal);
  // Once the socket is closed nothing keeps the process alive.
  let isEnding = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    terminal.on(signal, () => {
      // Who asks twice does not want to wait for what is under way.
      if (isEnding) terminal.exit(128 + signals[signal]);
      isEnding = true;
      emulator.close().catch((error: unknown) => fail(terminal, error));
    });
  }
}

async function openSandbox({ url }: Emulator, { platform, env, stdout }: Terminal): Promise<void> {
  const page = `${url}/__emulator/`;
  if (!(await openPage(page, platform, env))) stdout.write(`No browser could be opened: the sandbox page is ${page}\n`);
}

/** What is needed to make a first call. */
function greet(emulator: Emulator): string {
  const { url, baseUrl } = emulator;
  const base = `  Base URL             ${baseUrl}`;
  try {
    const { userSecret, organizationSecret, authorization } = emulator.credentials;
    return [
      base,
      `  User secret          ${userSecret}`,
      `  Organization secret  ${organizationSecret}`,
      '',
      `  curl -H 'Authorization: ${authorization}' ${baseUrl}/accounts`,
    ].join('\n');
  } catch {
    // As after a lock-out, which is a state like others.
    return `${base}\n\n  There is no administrator: curl -X POST ${url}/__emulator/reset goes back to the fixture.`;
  }
}

/** Nothing for who only looks at the emulator itself, as an open sandbox page does all the time. */
function logLine({ method, path, status = 0, user, reason, duration = 0 }: RecordedRequest): string {
  if (method === 'GET' && status === 200 && path.startsWith(controlPath)) return '';
  const who = user === undefined ? '' : ` user ${user.id}`;
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${method} ${path} ${status || 'no answer'}${who} ${duration.toFixed(1)} ms${why}\n`;
}

function fail(terminal: Terminal, error: unknown): void {
  terminal.stderr.write(`cloud-elements-emulator: ${messageOf(error)}\n`);
  terminal.exitCode = 1;
}
