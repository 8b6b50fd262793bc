import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const root = join(__dirname, '../..');

/** What a run of a command came to. */
export interface Run {
  readonly status: number;
  readonly output: string;
}

/**
 * A consumer's shell, which has nothing of this test run. npm asks the registry only for what it has not
 * fetched before: dozens of installations would otherwise ask for the same packages again.
 */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _env, NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, ...env } = process.env;
  const npm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_update_notifier: 'false' };
  return { ...env, ...npm };
}

/** A run of Jest with --detectOpenHandles never ends when a test has failed before it closed its emulator. */
const longestRun = 240_000;

/** Runs a command to its end; a failing one is a result as well. */
export function run(folder: string, command: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env: ownEnvironment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestRun,
    killSignal: 'SIGKILL',
  });
  return { status: status ?? -1, output: stripVTControlCharacters(stdout + stderr) };
}

/** Packs the project as its files are now, which builds it, and gives the tarball's path. */
export function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const { status, output } = run(root, 'npm', 'pack', '--pack-destination', folder);
  const [tarball] = readdirSync(folder);
  if (status !== 0 || tarball === undefined) throw new Error(`npm pack failed: ${output}`);
  return join(folder, tarball);
}

/** The tarball of this run of the tests, which global-setup.ts packs once for all of them. */
export function packedTarball(): string {
  const { PACKED_TARBALL: tarball } = process.env;
  if (tarball === undefined) throw new Error('PACKED_TARBALL is not set: run npm run test:package');
  return tarball;
}

/** A folder with the packed package and others installed, in the versions of this project or those named. */
export async function install(...packages: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'installed-'));
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const wanted = packages.map((name) =>
    name.includes('@', 1) ? name : `${name}@${devDependencies[name] ?? 'latest'}`,
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const args = ['install', '--save-dev', '--no-audit', '--no-fund', packedTarball(), ...wanted];
  // Not spawnSync: several wait for the registry at the same time.
  const npm = spawn('npm', args, { cwd: folder, env: ownEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (data) => (output += data));
  const status = await new Promise((resolve, reject) => npm.on('error', reject).on('close', resolve));
  if (status !== 0) throw new Error(`npm install failed: ${output}`);
  return folder;
}

/** A consumer's project: a copy of what was installed, with the consumer's files. */
export function consumer(name: string, installed: string, manifest: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  cpSync(installed, folder, { recursive: true, verbatimSymlinks: true });
  cpSync(join(__dirname, 'consumers', name), folder, { recursive: true });
  const path = join(folder, 'package.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...manifest }));
  return folder;
}
