import { runCommand } from './cli.ts';

// Whoever reads the output may stop reading, as `head` does; that is no reason to end.
process.stdout.on('error', () => undefined);

void runCommand(process);
