/** An option of the command, as `--help` shows it. */
export interface OptionHelp {
  readonly value?: string;
  readonly multiple?: boolean;
  /** The only subcommand that has it. It has no environment variable. */
  readonly of?: string;
  /** Whether it prints something in place of a start. It has no environment variable. */
  readonly isQuestion?: boolean;
  readonly help: string;
}

/** How much the command writes: nothing, the emulator's own errors, or a line for every request too. */
export type LogLevel = 'silent' | 'error' | 'info';

export const levels: readonly LogLevel[] = ['silent', 'error', 'info'];

/** The prefix of the command's environment variables. */
export const prefix = 'CE_EMULATOR_';

export const options: Readonly<Record<string, OptionHelp>> = {
  port: { value: 'PORT', help: 'port to listen on, 0 for any free one (4600)' },
  host: { value: 'HOST', help: 'address to listen on (127.0.0.1)' },
  fixture: { value: 'NAME|FILE', help: 'documentation, minimal, a JSON file or - (documentation)' },
  data: { value: 'FILE', help: 'JSON file that keeps the state; the fixture fills it at first (memory)' },
  now: { value: 'INSTANT', help: 'instant at which the clock stands still (the present)' },
  seed: { value: 'SEED', help: 'determines secrets, tokens and request ids (random)' },
  'allow-host': { value: 'NAME', multiple: true, help: 'further host name for the control endpoints; may be repeated' },
  https: { help: 'speak HTTPS, with a certificate that is made at the start' },
  'https-key': { value: 'FILE', help: 'private key of your own certificate, in PEM' },
  'https-cert': { value: 'FILE', help: 'that certificate, in PEM' },
  watch: { help: 'restart when the fixture file changes' },
  log: { value: 'LEVEL', help: `${levels.join(', ')} (info)` },
  open: { help: 'open the sandbox page in the browser' },
  from: { value: 'NAME|FILE', of: 'fixture init', help: 'a built-in name, a fixture, a data file or -, to begin with' },
  force: { of: 'fixture init', help: 'replace an existing file' },
  'keep-names': { of: 'fixture pull', help: 'keep names, emails and external ids in place of made-up ones' },
  write: {
    of: 'compare',
    help: 'also run the checks that write, below one new account, which is deactivated at the end',
  },
  only: { value: 'ID', multiple: true, of: 'compare', help: 'run only this check; may be repeated' },
  json: { value: 'FILE', of: 'compare', help: 'write the report as JSON too, to standard output for -' },
  version: { isQuestion: true, help: 'print the version' },
  help: { isQuestion: true, help: 'print this' },
};

/** A subcommand, which does not start an emulator. */
export interface Subcommand {
  readonly options: readonly string[];
  /** Its operands, and their number. */
  readonly operands?: { readonly usage: string; readonly min: number; readonly max: number };
  readonly help: string;
}

/** The subcommands, each with the options that it has. */
export const subcommands: Readonly<Record<string, Subcommand>> = {
  openapi: {
    options: ['port', 'host', 'https'],
    help: 'print the OpenAPI document of the emulator at that port and host',
  },
  'fixture init': {
    options: ['from', 'force'],
    operands: { usage: '[FILE]', min: 0, max: 1 },
    help: 'write a fixture to begin with (fixture.json), to standard output for -',
  },
  'fixture check': {
    options: [],
    operands: { usage: 'FILE…', min: 1, max: Number.POSITIVE_INFINITY },
    help: 'check fixtures and data files, standard input for -, and say what is in them',
  },
  'fixture pull': {
    options: ['keep-names', 'force'],
    operands: { usage: 'BASE_URL [FILE]', min: 1, max: 2 },
    help: 'write a fixture of a real organization (fixture.json), to standard output for -',
  },
  compare: {
    options: ['write', 'only', 'json', 'force'],
    operands: { usage: 'BASE_URL', min: 1, max: 1 },
    help: 'check whether a server behaves as the emulator does; it only reads, except with --write',
  },
};

/** The environment variable of an option. */
export function variableOf(name: string): string {
  return prefix + name.toUpperCase().replaceAll('-', '_');
}

/** All environment variables that the command knows. */
export const variables: readonly string[] = Object.entries(options)
  .filter(([, { of, isQuestion }]) => of === undefined && isQuestion !== true)
  .map(([name]) => variableOf(name));

/** The variables of the secrets with which `compare` and `fixture pull` call a server. */
export const secretVariables = ['CE_USER_SECRET', 'CE_ORGANIZATION_SECRET'] as const;

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
    'Environment variables, used when the option is absent:',
    ...lines(variables),
    `${variableOf('allow-host')} takes names separated by commas, ${variableOf('open')}, ${variableOf('watch')} and ${variableOf('https')} 1 or 0.`,
    '',
    "'compare' and 'fixture pull' take the secrets of an administrator from",
    `  ${secretVariables.join(', ')}`,
    '',
    ...Object.entries(subcommands).flatMap(([name, { options: own }]) => {
      const rows = all.filter(([option, { of }]) => of !== undefined && own.includes(option)).map(row);
      return rows.length === 0 ? [] : [`For '${name}':`, ...rows, ''];
    }),
  ].join('\n');
}

/** Three names a line. */
function lines(names: readonly string[]): string[] {
  const starts = names.flatMap((_, index) => (index % 3 === 0 ? [index] : []));
  return starts.map((start) => `  ${names.slice(start, start + 3).join(', ')}`);
}

function operandsOf(operands: Subcommand['operands']): string[] {
  return operands === undefined ? [] : [operands.usage];
}

function usageOf(name: string): string {
  const value = options[name]?.value;
  return `--${name}${value === undefined ? '' : ` ${value}`}`;
}
