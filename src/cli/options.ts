import { parseArgs } from 'node:util';
import { isFile } from '../fixtures/built-in.ts';
import { standardInput } from '../fixtures/standard-input.ts';
import type { EmulatorOptions } from '../options.ts';
import { messageOf } from '../text/message-of.ts';
import { shown } from '../text/shown.ts';
import { suggest } from '../text/suggest.ts';
import type { CompareCommand } from './compare-command.ts';
import type { FixtureInit } from './fixture-command.ts';
import type { KeyPairFiles } from './https.ts';
import type { PullCommand } from './pull-command.ts';
import { type LogLevel, options, prefix, subcommands, variableOf, variables } from './table.ts';
import { type Given, readHost, readLevel, readPort, readSwitch, UsageError } from './values.ts';

/** A parsed command line. */
export type Command =
  | StartCommand
  | { readonly action: 'openapi'; readonly port: number; readonly host: string; readonly isSecure: boolean }
  | ({ readonly action: 'fixture init' } & FixtureInit)
  | { readonly action: 'fixture check'; readonly files: readonly string[] }
  | PullCommand
  | CompareCommand
  | { readonly action: 'help' }
  | { readonly action: 'version' };

/** To start an emulator. */
export interface StartCommand {
  readonly action: 'start';
  readonly options: EmulatorOptions;
  readonly log: LogLevel;
  readonly open: boolean;
  /** The fixture file that is watched: the emulator restarts when it changes. */
  readonly watch: string | undefined;
  /** Whether it speaks HTTPS, and with which files. */
  readonly https: boolean | KeyPairFiles;
  /** The names that the user wrote for options that only the start checks: the option or the variable. */
  readonly labels: { readonly now: string };
}

/**
 * Reads the command line, and the environment for absent options: `--allow-host` is `CE_EMULATOR_ALLOW_HOST`, with
 * names separated by commas.
 *
 * @throws {UsageError} for an unknown option or a value that cannot be used.
 */
export function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const { given, subcommand, operands } = readArguments(args);
  if (given.has('help')) return { action: 'help' };
  if (given.has('version')) return { action: 'version' };

  const read = (name: string): Given[] => {
    const values = given.get(name);
    if (values !== undefined) return values.map((text) => ({ label: `--${name}`, text }));
    // A blank variable counts as absent, because compose.yaml passes on variables that are not set.
    const [label, text = ''] = [variableOf(name), environment[variableOf(name)]];
    return text.trim() === '' ? [] : [{ label, text }];
  };
  const last = (name: string, otherwise: string): Given => read(name).at(-1) ?? { label: `--${name}`, text: otherwise };
  const text = (name: string): string | undefined => read(name).at(-1)?.text;
  if (subcommand === 'fixture check') return { action: subcommand, files: operands };
  if (subcommand === 'fixture init') {
    return {
      action: subcommand,
      file: operands[0] ?? 'fixture.json',
      from: given.get('from')?.at(-1),
      force: given.has('force'),
    };
  }
  const [[baseUrl = ''], force] = [operands, given.has('force')];
  if (subcommand === 'fixture pull') {
    const [file = 'fixture.json', keepNames] = [operands[1], given.has('keep-names')];
    return { action: subcommand, baseUrl, file, keepNames, force };
  }
  if (subcommand === 'compare') {
    const only = (given.get('only') ?? []).flatMap((ids) => listOf(ids));
    return { action: subcommand, baseUrl, write: given.has('write'), only, json: given.get('json')?.at(-1), force };
  }
  const [port, host] = [readPort(last('port', '4600')), readHost(last('host', '127.0.0.1'))];
  if (subcommand === 'openapi') {
    if (port === 0) throw new UsageError('openapi names the address of the emulator: give it the --port that it has.');
    return { action: 'openapi', port, host, isSecure: readSwitch(last('https', 'false')) };
  }
  const [dataFile, now, seed] = [text('data'), text('now'), text('seed')];
  const fixture = text('fixture') ?? 'documentation';
  const watch = last('watch', 'false');
  const isWatching = readSwitch(watch);
  if (isWatching) requireWatchable(watch.label, fixture, read('data').at(-1)?.label);
  return {
    action: 'start',
    log: readLevel(last('log', 'info')),
    open: readSwitch(last('open', 'false')),
    watch: isWatching ? fixture : undefined,
    https: readHttps(read),
    labels: { now: last('now', '').label },
    options: {
      port,
      host,
      fixture,
      dataFile,
      now,
      seed,
      allowHosts: read('allow-host').flatMap((names) => listOf(names.text)),
    },
  };
}

/** A key and a certificate mean HTTPS, as the switch does. @throws {UsageError} for one without the other. */
function readHttps(read: (name: string) => Given[]): boolean | KeyPairFiles {
  const [key, cert] = [read('https-key').at(-1), read('https-cert').at(-1)];
  if (key !== undefined && cert !== undefined) return { key, cert };
  const alone = key ?? cert;
  if (alone !== undefined) {
    const other = key === undefined ? '--https-key' : '--https-cert';
    throw new UsageError(`${alone.label} needs ${other} as well; --https alone makes a certificate.`);
  }
  const given = read('https').at(-1);
  return given !== undefined && readSwitch(given);
}

/** @throws {UsageError} without a file from which a start could be repeated. */
function requireWatchable(label: string, fixture: string, data: string | undefined): void {
  if (data !== undefined) {
    throw new UsageError(`${label} does not go with ${data}: each change of the fixture would replace the kept state.`);
  }
  if (fixture === standardInput) {
    throw new UsageError(`${label} needs a fixture file: standard input can be read only once. Give --fixture FILE.`);
  }
  if (!isFile(fixture)) {
    throw new UsageError(
      `${label} needs a fixture file: '${fixture}' is built in and never changes. Give --fixture FILE.`,
    );
  }
}

/** A line for each unknown variable with the command's prefix. */
export function unknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const unknown = Object.keys(environment).filter((name) => name.startsWith(prefix) && !variables.includes(name));
  const suffixes = variables.map((name) => name.slice(prefix.length));
  return unknown.map((name) => {
    const suggestion = suggest(name.slice(prefix.length), suffixes);
    const hint = suggestion === undefined ? 'see --help.' : `did you mean ${prefix}${suggestion}?`;
    return `Unknown environment variable ${name}: ${hint}`;
  });
}

function listOf(names: string, isSeparated = true): string[] {
  return (isSeparated ? names.split(',') : [names]).map((name) => name.trim()).filter((name) => name !== '');
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
  requireValues(args);
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
  for (const [name, texts] of given) {
    requireFitting(name, subcommand);
    // --host '' must not open the machine to others, and --data '' must not lose the state.
    const isBlank = (text: string) => listOf(text, options[name]?.multiple ?? false).length === 0;
    if (texts.some(isBlank)) throw new UsageError(`--${name} needs a value: see --help.`);
  }
  return { given, subcommand, operands };
}

/** The options that have a value. */
const valued = Object.keys(options).filter((name) => options[name]?.value !== undefined);

/** @throws {UsageError} for an option at the end, or before another one, that has no value. */
function requireValues(args: readonly string[]): void {
  const end = args.indexOf('--');
  const counting = end === -1 ? args : args.slice(0, end);
  let takesNext = false;
  for (const [at, arg] of counting.entries()) {
    const name = arg.slice('--'.length);
    // The value of an option is not an option, even if it begins with a dash.
    takesNext = !takesNext && arg.startsWith('--') && valued.includes(name);
    if (!takesNext) continue;
    const value = counting[at + 1];
    if (value === undefined || /^--(?!-)/.test(value)) throw new UsageError(`--${name} needs a value: see --help.`);
    if (/^-./.test(value)) {
      throw new UsageError(`--${name} needs a value; one that begins with a dash is written --${name}=${value}.`);
    }
  }
}

/** @throws {UsageError} for unexpected and for missing operands. */
function requireOperands(subcommand: string | undefined, operands: readonly string[]): void {
  const { usage, min, max } = subcommands[subcommand ?? '']?.operands ?? { usage: '', min: 0, max: 0 };
  const [first, second] = operands;
  if (subcommand === undefined && first === 'fixture') {
    const hint = second === undefined ? '' : `, not '${second}'`;
    throw new UsageError(`'fixture' is followed by init, check or pull${hint}: see --help.`);
  }
  if (operands.length < min) throw new UsageError(`'${subcommand}' is followed by ${usage}: see --help.`);
  if (operands.length > max) throw new UsageError(`Unexpected argument ${shown(operands[max] ?? '')}: see --help.`);
  if (operands.some((operand) => operand.trim() === '')) {
    throw new UsageError(`'${subcommand}' is followed by ${usage}, and the name given is blank: see --help.`);
  }
}

/** @throws {UsageError} for an option that belongs to another subcommand. */
function requireFitting(name: string, subcommand: string | undefined): void {
  const only = options[name]?.of;
  if (subcommand === undefined && only === undefined) return;
  if (subcommand === undefined) {
    const owners = Object.keys(subcommands).filter((owner) => subcommands[owner]?.options.includes(name));
    const list = new Intl.ListFormat('en-US', { type: 'disjunction' }).format(owners.map((owner) => `'${owner}'`));
    throw new UsageError(`--${name} goes only with ${list}: see --help.`);
  }
  if (subcommands[subcommand]?.options.includes(name)) return;
  throw new UsageError(`--${name} does not go with '${subcommand}': see --help.`);
}

/** `-h` and `-v`. */
function shortOf(name: string): { short?: string } {
  return options[name]?.isQuestion ? { short: name.charAt(0) } : {};
}

function parse(args: readonly string[], config: NonNullable<Parameters<typeof parseArgs>[0]>['options']) {
  try {
    return parseArgs({ args: [...args], options: config ?? {}, allowPositionals: true });
  } catch (error) {
    const unknown = args.find((arg) => /^-./.test(arg) && !Object.hasOwn(options, arg.replace(/^-+|=.*/g, '')));
    const problem = messageOf(error)
      .split('. ')[0]
      ?.replace(/'-\w, /, "'");
    if (unknown === undefined) throw new UsageError(`${problem}: see --help.`);
    const suggestion = suggest(unknown.replace(/^-+|=.*/g, ''), Object.keys(options));
    const hint = suggestion === undefined ? 'see --help.' : `did you mean --${suggestion}?`;
    throw new UsageError(`Unknown option '${unknown}': ${hint}`);
  }
}
