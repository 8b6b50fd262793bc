import { parseArgs } from 'node:util';
import type { EmulatorOptions } from './emulator.ts';
import { messageOf } from './message-of.ts';
import { suggest } from './suggest.ts';

/** How much the command writes: nothing, the emulator's own faults, or a line for every request too. */
export type LogLevel = 'silent' | 'error' | 'info';

/** What a command line asks for. */
export type Command =
  | { readonly action: 'start'; readonly options: EmulatorOptions; readonly log: LogLevel }
  | { readonly action: 'openapi'; readonly port: number; readonly host: string }
  | { readonly action: 'help' }
  | { readonly action: 'version' };

interface OptionHelp {
  readonly value?: string;
  readonly multiple?: boolean;
  readonly help: string;
}

const prefix = 'CE_EMULATOR_';
const levels: readonly LogLevel[] = ['silent', 'error', 'info'];

const options: Readonly<Record<string, OptionHelp>> = {
  port: { value: 'PORT', help: 'port to listen on, 0 for any free one (4600)' },
  host: { value: 'HOST', help: 'address to listen on (127.0.0.1)' },
  fixture: { value: 'NAME|FILE', help: 'documentation, minimal or a JSON file (documentation)' },
  data: { value: 'FILE', help: 'JSON file to live in; made from the fixture at first (memory)' },
  now: { value: 'INSTANT', help: 'instant at which the clock stands still (the present)' },
  seed: { value: 'SEED', help: 'equal seeds give equal ids and secrets (random)' },
  'allow-host': { value: 'NAME', multiple: true, help: 'further host name for the control endpoints; may be repeated' },
  log: { value: 'LEVEL', help: `${levels.join(', ')} (info)` },
  version: { help: 'print the version' },
  help: { help: 'print this' },
};

/** What can be asked of the command in place of starting an emulator, with the options that count for it. */
const subcommands: Readonly<Record<string, { readonly options: readonly string[]; readonly help: string }>> = {
  openapi: { options: ['port', 'host'], help: 'print the OpenAPI document of the emulator at that port and host' },
};

/** A command line that cannot be followed, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line, with the environment behind it: `--allow-host` is `CE_EMULATOR_ALLOW_HOST`,
 * its names separated by commas.
 *
 * @throws {UsageError} for an unknown option or a value that cannot be used.
 */
export function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const { given, subcommand } = readArguments(args);
  if (given.has('help')) return { action: 'help' };
  if (given.has('version')) return { action: 'version' };

  const read = (name: string): string[] => {
    const variable = environment[prefix + name.toUpperCase().replace('-', '_')];
    const inherited =
      variable === undefined || variable === '' ? [] : variable.split(options[name]?.multiple ? ',' : /$^/);
    // A blank value is none: --host '' is not to open the machine to others.
    const values = (given.get(name) ?? inherited).filter((value) => value.trim() !== '');
    return values;
  };
  const last = (name: string): string | undefined => read(name).at(-1);
  const [port, host] = [readPort(last('port') ?? '4600'), last('host') ?? '127.0.0.1'];
  if (subcommand === 'openapi') return { action: 'openapi', port, host };
  const [dataFile, now, seed] = [last('data'), last('now'), last('seed')];
  return {
    action: 'start',
    log: readLevel(last('log') ?? 'info'),
    options: {
      port,
      host,
      fixture: last('fixture') ?? 'documentation',
      dataFile,
      now,
      seed,
      allowHosts: read('allow-host')
        .flatMap((names) => names.split(','))
        .map((name) => name.trim()),
    },
  };
}

/** What `--help` prints. */
export function helpText(): string {
  const rows = Object.entries(options).map(([name, { help }]): [string, string] => [usageOf(name), help]);
  const width = Math.max(...rows.map(([usage]) => usage.length));
  const others = Object.entries(subcommands).map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`);
  return [
    'Usage: cloud-elements-emulator [options]',
    ...Object.entries(subcommands).map(([name, { options: known }]) => {
      return `       cloud-elements-emulator ${name} ${known.map((option) => `[${usageOf(option)}]`).join(' ')}`;
    }),
    '',
    'Runs the Cloud Elements platform API (SAP Open Connectors) on this machine.',
    '',
    ...others,
    '',
    ...rows.map(([usage, help]) => `  ${usage.padEnd(width)}  ${help}`),
    '',
    `Each option can be given as an environment variable as well: ${prefix}PORT, ${prefix}ALLOW_HOST, …`,
    '',
  ].join('\n');
}

function usageOf(name: string): string {
  const value = options[name]?.value;
  return `--${name}${value === undefined ? '' : ` ${value}`}`;
}

function readArguments(args: readonly string[]): { given: Map<string, string[]>; subcommand: string | undefined } {
  const config = Object.entries(options).map(([name, { value }]) => [
    name,
    { type: value === undefined ? 'boolean' : 'string', multiple: true, ...shortOf(name) } as const,
  ]);
  const { values, positionals } = parse(args, Object.fromEntries(config));
  const given = new Map<string, string[]>();
  for (const [name, value] of Object.entries(values)) {
    given.set(name, [value].flat().map(String));
  }
  const [subcommand, ...rest] = positionals;
  if (subcommand === undefined) return { given, subcommand };
  const known = Object.hasOwn(subcommands, subcommand) ? subcommands[subcommand] : undefined;
  const unexpected = known === undefined ? subcommand : rest[0];
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument '${unexpected}': see --help.`);
  const besides = [...given.keys()].find((name) => !['help', 'version', ...(known?.options ?? [])].includes(name));
  if (besides !== undefined) throw new UsageError(`--${besides} does not go with '${subcommand}': see --help.`);
  return { given, subcommand };
}

/** `-h` and `-v`. */
function shortOf(name: string): { short?: string } {
  return name === 'help' || name === 'version' ? { short: name.charAt(0) } : {};
}

function parse(args: readonly string[], config: NonNullable<Parameters<typeof parseArgs>[0]>['options']) {
  try {
    return parseArgs({ args: [...args], options: config ?? {}, allowPositionals: true });
  } catch (error) {
    const unknown = args.find((arg) => arg.startsWith('-') && !Object.hasOwn(options, arg.replace(/^-+|=.*/g, '')));
    if (unknown === undefined)
      throw new UsageError(
        `${messageOf(error)
          .split('. ')[0]
          ?.replace(/'-\w, /, "'")}: see --help.`,
      );
    const suggestion = suggest(unknown.replace(/^-+|=.*/g, ''), Object.keys(options));
    const hint = suggestion === undefined ? 'see --help.' : `did you mean --${suggestion}?`;
    throw new UsageError(`Unknown option '${unknown}': ${hint}`);
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw new UsageError(`--port must be a whole number from 0 to 65535, not '${text}'.`);
}

function readLevel(text: string): LogLevel {
  const level = levels.find((known) => known === text);
  if (level === undefined) throw new UsageError(`--log must be one of ${levels.join(', ')}, not '${text}'.`);
  return level;
}
