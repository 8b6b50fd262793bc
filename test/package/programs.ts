import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Run, run } from './install.ts';

/**
 * Programs besides the Node and npm of this machine, by the names that they are installed under: packages of the
 * registry. npm 10.8.2 comes with Node 20; npm 12 is the newest, and needs Node 22.22 or later.
 */
const packages = {
  'node-22': nodePackage(22),
  'node-24': nodePackage(24),
  'node-26': nodePackage(26),
  'npm-10': 'npm@10.8.2',
  'npm-12': 'npm@12',
  bun: 'bun@1',
  deno: 'deno@2',
};

export type ProgramName = keyof typeof packages;

function nodePackage(major: number): string {
  return `node-${process.platform}-${process.arch}@${major}`;
}

/** Programs that are installed in a folder. */
export interface Programs {
  readonly folder: string;
  /** The path of something in a program's package. */
  at(name: ProgramName, path: string): string;
}

/** Installs programs in a folder of their own. @throws {Error} with the output of what failed. */
export function installPrograms(...names: ProgramName[]): Programs {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const wanted = names.map((name) => `${name}@npm:${packages[name]}`);
  must(folder, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted);
  const at = (name: ProgramName, path: string) => join(folder, 'node_modules', name, path);
  // These two put their program in its place by a script, which npm 12 does not run unasked.
  if (names.includes('bun')) must(at('bun', '.'), 'node', 'install.js');
  if (names.includes('deno')) must(at('deno', '.'), 'node', 'install.cjs');
  return { folder, at };
}

function must(folder: string, command: string, ...args: string[]): void {
  const { status, output } = run(folder, command, ...args);
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed: ${output}`);
}

/** Runs a command with the folder of another `node` first in PATH. */
export function runWith(nodeFolder: string, folder: string, command: string, ...args: string[]): Run {
  return run(folder, 'env', `PATH=${nodeFolder}:${process.env.PATH}`, command, ...args);
}
