// First, because it is for the modules that are loaded after it.
import './compile-cache.ts';
import { runCommand } from './cli.ts';

void runCommand(process);
