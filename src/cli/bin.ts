import { runCommand } from './cli.ts';

void runCommand(process);
