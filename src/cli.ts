import { type Command, helpText, readCommand } from './cli-options.ts';
import { type AnsweredRequest, startEmulator } from './index.ts';
import { version } from './version.ts';

/** The command `cloud-elements-emulator`. */
async function main(): Promise<void> {
  const command = readCommand(process.argv.slice(2), process.env);
  switch (command.action) {
    case 'help':
      process.stdout.write(helpText());
      return;
    case 'version':
      process.stdout.write(`${version}\n`);
      return;
    case 'start':
      await start(command);
  }
}

async function start({ options, log }: Extract<Command, { action: 'start' }>): Promise<void> {
  const emulator = await startEmulator({ ...options, onRequest: log === 'info' ? logRequest : undefined });
  const { baseUrl, credentials } = emulator;
  process.stdout.write(
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
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      emulator.close().then(() => process.exit(0), fail);
    });
  }
}

function logRequest({ method, path, status, userId, reason, duration }: AnsweredRequest): void {
  const who = userId === undefined ? '' : ` user ${userId}`;
  const why = reason === undefined ? '' : ` (${reason})`;
  process.stdout.write(`${method} ${path} ${status}${who} ${duration.toFixed(1)} ms${why}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`cloud-elements-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch(fail);
