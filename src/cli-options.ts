import { parseArgs } from 'node:util';
import type { EmulatorOptions } from './emulator.ts';
import type { FixtureInit } from './fixture-command.ts';
import { messageOf } from './message-of.ts';
import { suggest } from './suggest.ts';

/** How much the command writes: nothing, the emulator's own faults, or a line for every request too. */
export type LogLevel = 'silent' | 'error' | 'info';

/** What a command line asks for. */
export type Command =
  | { readonly action: 'start'; readonly options: EmulatorOptions; readonly log: LogLevel; readonly open: boolean }
  | { readonly action: 'openapi'; readonly port: number; readonly host: string }
  | ({ readonly action: 'fixture init' } & FixtureInit)
  | { readonly action: 'fixture check'; readonly files: readonly string[] }
  | { readonly action: 'help' }
  | { readonly action: 'version' };

interface OptionHelp {
  readonly value?: string;
  readonly multiple?: boolean;
  /** The only subcommand that it goes with. It is no environment variable. */
  readonly of?: string;
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
  open: { help: 'open the sandbox page in the browser' },
  from: { value: 'NAME|FILE', of: 'fixture init', help: 'a built-in name, a fixture or a data file, to begin with' },
  force: { of: 'fixture init', help: 'replace a file that is there already' },
  version: { help: 'print the version' },
  help: { help: 'print this' },
};

interface Subcommand {
  readonly options: readonly string[];
  /** What follows it beside options, and how many of those there may be. */
  readonly operands?: { readonly usage: string; readonly min: number; readonly max: number };
  readonly help: string;
}

/** What can be asked of the command in place of starting an emulator, with the options that count for it. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  openapi: { options: ['port', 'host'], help: 'print the OpenAPI document of the emulator at that port and host' },
  'fixture init': {
    options: ['from', 'force'],
    operands: { usage: '[FILE]', min: 0, max: 1 },
    help: 'write a fixture to begin with (fixture.json)',
  },
  'fixture check': {
    options: [],
    operands: { usage: 'FILE…', min: 1, max: Number.POSITIVE_INFINITY },
    help: 'check fixtures and data files, and say what is in them',
  },
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
  const { given, subcommand, operands } = readArguments(args);
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
  if (subcommand === 'fixture check') return { action: subcommand, files: operands };
  if (subcommand === 'fixture init') {
    return {
      action: subcommand,
      file: operands[0] ?? 'fixture.json',
      from: given.get('from')?.at(-1),
      force: given.has('force'),
    };
  }
  const [port, host] = [readPort(last('port') ?? '4600'), last('host') ?? '127.0.0.1'];
  if (subcommand === 'openapi') {
    if (port === 0) throw new UsageError('openapi names the address of the emulator: give it the --port that it has.');
    return { action: 'openapi', port, host };
  }
  const [dataFile, now, seed] = [last('data'), last('now'), last('seed')];
  return {
    action: 'start',
    log: readLevel(last('log') ?? 'info'),
    open: readSwitch('open', last('open') ?? 'false'),
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
  const all = Object.entries(options);
  const width = Math.max(...all.map(([name]) => usageOf(name).length));
  const row = ([name, { help }]: [string, OptionHelp]) => `  ${usageOf(name).padEnd(width)}  ${help}`;
  return [
    'Usage: cloud-elements-emulator [options]',
    ...Object.entries(subcommands).map(([name, { options: known, operands }]) =>
      ['       cloud-elements-emulator', name, ...operandsOf(operands), ...known.map((o) => `[${usageOf(o)}]`)].join(
        ' ',
      ),
    ),
    '',
    'Runs the Cloud Elements platform API (SAP Open Connectors) on this machine.',
    '',
    ...Object.entries(subcommands).map(([name, { help }]) => `  ${name.padEnd(width)}  ${help}`),
    '',
    ...all.filter(([, { of }]) => of === undefined).map(row),
    '',
    'Each of these can be given as an environment variable as well:',
    `${prefix}PORT, ${prefix}ALLOW_HOST, ${prefix}OPEN=1, …`,
    '',
    "For 'fixture init':",
    ...all.filter(([, { of }]) => of === 'fixture init').map(row),
    '',
  ].join('\n');
}

function operandsOf(operands: Subcommand['operands']): string[] {
  return operands === undefined ? [] : [operands.usage];
}

function usageOf(name: string): string {
  const value = options[name]?.value;
  return `--${name}${value === undefined ? '' : ` ${value}`}`;
}

interface Arguments {
  readonly given: ReadonlyMap<string, string[]>;
  readonly subcommand: string | undefined;
  readonly operands: readonly string[];
}

function readArguments(args: readonly string[]): Arguments {
  const config = Object.entries(options).map(([name, { value }]) => [
    name,
    { type: value === undefined ? 'boolean' : 'string', multiple: true, ...shortOf(name) } as const,
  ]);
  const { values, positionals } = parse(args, Object.fromEntries(config));
  const given = new Map<string, string[]>();
  for (const [name, value] of Object.entries(values)) {
    given.set(name, [value].flat().map(String));
  }
  const subcommand = Object.keys(subcommands).find((name) => {
    return name.split(' ').every((word, index) => positionals[index] === word);
  });
  const operands = positionals.slice(subcommand?.split(' ').length ?? 0);
  if (given.has('help') || given.has('version')) return { given, subcommand, operands };
  requireOperands(subcommand, operands);
  for (const name of given.keys()) requireFitting(name, subcommand);
  return { given, subcommand, operands };
}

/** @throws {UsageError} for what nobody asked for, and for what is missing. */
function requireOperands(subcommand: string | undefined, operands: readonly string[]): void {
  const { usage, min, max } = subcommands[subcommand ?? '']?.operands ?? { usage: '', min: 0, max: 0 };
  const [first, second] = operands;
  if (subcommand === undefined && first === 'fixture') {
    const hint = second === undefined ? '' : `, not '${second}'`;
    throw new UsageError(`'fixture' is followed by init or check${hint}: see --help.`);
  }
  if (operands.length < min) throw new UsageError(`'${subcommand}' is followed by ${usage}: see --help.`);
  if (operands.length > max) throw new UsageError(`Unexpected argument '${operands[max]}': see --help.`);
}

/** @throws {UsageError} for an option of something else. */
function requireFitting(name: string, subcommand: string | undefined): void {
  const only = options[name]?.of;
  if (subcommand === undefined && only === undefined) return;
  if (subcommand === undefined) throw new UsageError(`--${name} goes with '${only}' alone: see --help.`);
  if (subcommands[subcommand]?.options.includes(name)) return;
  throw new UsageError(`--${name} does not go with '${subcommand}': see --help.`);
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

/** An option without a value, which as an environment variable has one. */
function readSwitch(name: string, text: string): boolean {
  if (/^(?:1|true|yes)$/i.test(text)) return true;
  if (/^(?:0|false|no)$/i.test(text)) return false;
  throw new UsageError(`${prefix}${name.toUpperCase()} must be 1 or 0, not '${text}'.`);
}
