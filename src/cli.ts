import { type Command, helpText, readCommand } from './cli-options.ts';
import { type RecordedRequest, startEmulator } from './index.ts';
import { messageOf } from './message-of.ts';
import { version } from './version.ts';

/** What the command needs of a process. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  exitCode?: number | string | null | undefined;
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/** The command `cloud-elements-emulator`; resolves when it has started, or has nothing to start. */
export async function runCommand(terminal: Terminal): Promise<void> {
  try {
    const command = readCommand(terminal.argv.slice(2), terminal.env);
    if (command.action === 'help') terminal.stdout.write(helpText());
    else if (command.action === 'version') terminal.stdout.write(`${version}\n`);
    else await start(command, terminal);
  } catch (error) {
    fail(terminal, error);
  }
}

type StartCommand = Extract<Command, { action: 'start' }>;

async function start({ options, log }: StartCommand, terminal: Terminal): Promise<void> {
  const { stdout } = terminal;
  const onRequest = log === 'info' ? (request: RecordedRequest) => stdout.write(describe(request)) : undefined;
  const emulator = await startEmulator({ ...options, onRequest });
  const { baseUrl, credentials } = emulator;
  stdout.write(
    [
      `cloud-elements-emulator ${version}, ${options.dataFile ?? `fixture ${options.fixture}`}`,
      '',
      `  Base URL             ${baseUrl}`,
      `  User secret          ${credentials.userSecret}`,
      `  Organization secret  ${credentials.organizationSecret}`,
      '',
      `  curl -H 'Authorization: ${credentials.authorization}' ${baseUrl}/accounts`,
      '',
      '',
    ].join('\n'),
  );
  // Once the socket is closed nothing keeps the process alive.
  const end = () => {
    emulator.close().catch((error: unknown) => fail(terminal, error));
  };
  terminal.once('SIGINT', end);
  terminal.once('SIGTERM', end);
}

function describe({ method, path, status, user, reason, duration = 0 }: RecordedRequest): string {
  const who = user === undefined ? '' : ` user ${user.id}`;
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${method} ${path} ${status ?? 'dropped'}${who} ${duration.toFixed(1)} ms${why}\n`;
}

function fail(terminal: Terminal, error: unknown): void {
  terminal.stderr.write(`cloud-elements-emulator: ${messageOf(error)}\n`);
  terminal.exitCode = 1;
}
