import { readCommand, unknownVariables } from '../../src/cli/options.ts';
import { helpText, variables } from '../../src/cli/table.ts';
import { UsageError } from '../../src/cli/values.ts';

const defaults = { port: 4600, host: '127.0.0.1', fixture: 'documentation', allowHosts: [] };

test('a command without options has the defaults', () => {
  const labels = { now: '--now' };
  expect(readCommand([], {})).toEqual({
    action: 'start',
    log: 'info',
    open: false,
    https: false,
    labels,
    options: defaults,
  });
});

describe('an option comes from the command line, or otherwise from the environment', () => {
  const rows: [args: string[], variable: string, value: string, expected: object][] = [
    [['--port', '0'], 'PORT', '0', { port: 0 }],
    [['--host=0.0.0.0'], 'HOST', '0.0.0.0', { host: '0.0.0.0' }],
    [['--fixture', 'minimal'], 'FIXTURE', 'minimal', { fixture: 'minimal' }],
    [['--data', 'a,b.json'], 'DATA', 'a,b.json', { dataFile: 'a,b.json' }],
    [['--now', '2017-07-10'], 'NOW', '2017-07-10', { now: '2017-07-10' }],
    [['--seed', '7'], 'SEED', '7', { seed: '7' }],
    [['--allow-host', 'a', '--allow-host', 'b'], 'ALLOW_HOST', 'a, b', { allowHosts: ['a', 'b'] }],
    [['--allow-host', 'a, b', '--allow-host', 'c'], 'ALLOW_HOST', 'a,b,c', { allowHosts: ['a', 'b', 'c'] }],
  ];
  test.each(rows)('%p is the same as CE_EMULATOR_%s=%s', (args, variable, value, expected) => {
    const command = {
      ...{ action: 'start', log: 'info', open: false, https: false, labels: { now: '--now' } },
      options: { ...defaults, ...expected },
    };
    expect(readCommand(args, {})).toEqual(command);
    const labels = { now: variable === 'NOW' ? 'CE_EMULATOR_NOW' : '--now' };
    expect(readCommand([], { [`CE_EMULATOR_${variable}`]: value })).toEqual({ ...command, labels });
    expect(readCommand(args, { [`CE_EMULATOR_${variable}`]: 'not this' })).toEqual(command);
  });

  test('--log and --open, and an empty variable counts as unset', () => {
    expect(readCommand(['--log', 'silent'], {})).toMatchObject({ log: 'silent' });
    expect(readCommand([], { CE_EMULATOR_LOG: 'error' })).toMatchObject({ log: 'error' });
    expect(readCommand(['--open'], { CE_EMULATOR_OPEN: '0' })).toMatchObject({ open: true });
    expect(readCommand([], { CE_EMULATOR_OPEN: 'yes' })).toMatchObject({ open: true });
    expect(readCommand([], { CE_EMULATOR_OPEN: '0' })).toMatchObject({ open: false });
    for (const blank of ['', ' ']) {
      expect(readCommand([], { CE_EMULATOR_PORT: blank })).toMatchObject({ options: { port: 4600 } });
      expect(readCommand([], { CE_EMULATOR_ALLOW_HOST: `${blank},` })).toMatchObject({ options: { allowHosts: [] } });
    }
  });
});

describe('an invalid command gets one line that says what to do', () => {
  const rows: [args: string[], message: string][] = [
    [['--prot', '1'], "Unknown option '--prot': did you mean --port?"],
    [['--foo'], "Unknown option '--foo': see --help."],
    [['--colour'], "Unknown option '--colour': see --help."],
    [['-x'], "Unknown option '-x': see --help."],
    [['--port'], '--port needs a value: see --help.'],
    [['--fixture', '--port', '0'], '--fixture needs a value: see --help.'],
    [['--port', '-1'], '--port needs a value; one that begins with a dash is written --port=-1.'],
    [['--port=-1'], "--port must be a whole number from 0 to 65535, not '-1'."],
    [['--', '--port'], "Unexpected argument '--port': see --help."],
    [['--seed', 'a', '--seed'], '--seed needs a value: see --help.'],
    [['--data', ''], '--data needs a value: see --help.'],
    [['--data='], '--data needs a value: see --help.'],
    [['--host', ' '], '--host needs a value: see --help.'],
    [['--allow-host', 'a', '--allow-host', ','], '--allow-host needs a value: see --help.'],
    [['--port', '', '--port', '1'], '--port needs a value: see --help.'],
    [['--host', 'foo bar'], "--host must be a host name or an address, such as 127.0.0.1 or ::1, not 'foo bar'."],
    [['--host', '300.1.1.1'], "--host must be a host name or an address, such as 127.0.0.1 or ::1, not '300.1.1.1'."],
    [['--host', '[::1]'], "--host must be a host name or an address, such as 127.0.0.1 or ::1, not '[::1]'."],
    [['--prot', '-', '1'], "Unknown option '--prot': did you mean --port?"],
    [['--port', '65536'], "--port must be a whole number from 0 to 65535, not '65536'."],
    [['--port', 'http'], "--port must be a whole number from 0 to 65535, not 'http'."],
    [['--log', 'loud'], "--log must be one of silent, error, info, not 'loud'."],
    [['start'], "Unexpected argument 'start': see --help."],
    [['--from', 'minimal'], "--from goes only with 'fixture init': see --help."],
    [['--help=yes'], "Option '--help' does not take an argument: see --help."],
  ];
  test.each(rows)('%p', (args, message) => {
    expect(() => readCommand(args, {})).toThrow(new UsageError(message));
  });
});

test.each(['localhost', 'my_machine.example', 'münchen.example', '::1', 'fe80::1%eth0', '::ffff:127.0.0.1', '127.1'])(
  '--host accepts %s',
  (host) => {
    expect(readCommand(['--host', host], {})).toMatchObject({ options: { host } });
  },
);

describe('a message about a variable has the name of the variable', () => {
  test.each([
    ['PORT', 'x', "must be a whole number from 0 to 65535, not 'x'."],
    ['HOST', 'a b', "must be a host name or an address, such as 127.0.0.1 or ::1, not 'a b'."],
    ['LOG', 'loud', "must be one of silent, error, info, not 'loud'."],
    ['OPEN', 'maybe', "must be 1, true or yes, or 0, false or no, not 'maybe'."],
  ])('CE_EMULATOR_%s=%s', (name, value, problem) => {
    const message = `CE_EMULATOR_${name} ${problem}`;
    expect(() => readCommand([], { [`CE_EMULATOR_${name}`]: value })).toThrow(new UsageError(message));
  });

  test.each([
    ...['1', 'true', 'yes', 'YES'].map((text) => [text, true] as const),
    ...['0', 'false', 'no', 'No'].map((text) => [text, false] as const),
  ])('CE_EMULATOR_OPEN=%s', (text, open) => {
    expect(readCommand([], { CE_EMULATOR_OPEN: text })).toMatchObject({ open });
  });

  test('an unknown variable gets a message', () => {
    const known = Object.fromEntries(variables.map((name) => [name, '']));
    expect(unknownVariables({ ...known, PATH: '/bin', CE_EMULATION: '' })).toEqual([]);
    expect(unknownVariables({ CE_EMULATOR_PROT: '1', CE_EMULATOR_FORCE: '', CE_EMULATOR_COLOUR: '' })).toEqual([
      'Unknown environment variable CE_EMULATOR_PROT: did you mean CE_EMULATOR_PORT?',
      'Unknown environment variable CE_EMULATOR_FORCE: see --help.',
      'Unknown environment variable CE_EMULATOR_COLOUR: see --help.',
    ]);
  });
});

test('compare and fixture pull take a base URL', () => {
  const compare = { action: 'compare', baseUrl: 'http://a', write: false, only: [], json: undefined, force: false };
  expect(readCommand(['compare', 'http://a'], {})).toEqual(compare);
  const all = ['compare', 'http://a', '--write', '--only', 'a', '--only', 'b,c', '--json', 'r.json', '--force'];
  expect(readCommand(all, {})).toEqual({ ...compare, write: true, only: ['a', 'b', 'c'], json: 'r.json', force: true });
  const pull = { action: 'fixture pull', baseUrl: 'http://a', file: 'fixture.json', keepNames: false, force: false };
  expect(readCommand(['fixture', 'pull', 'http://a'], {})).toEqual(pull);
  const given = ['fixture', 'pull', 'http://a', '-', '--keep-names', '--force'];
  expect(readCommand(given, {})).toEqual({ ...pull, file: '-', keepNames: true, force: true });
  expect(() => readCommand(['compare'], {})).toThrow(new UsageError("'compare' is followed by BASE_URL: see --help."));
  const message = "--force goes only with 'fixture init', 'fixture pull', or 'compare': see --help.";
  expect(() => readCommand(['--force'], {})).toThrow(new UsageError(message));
});

describe('openapi', () => {
  test('takes the port and the host that an emulator would have', () => {
    expect(readCommand(['openapi'], {})).toEqual({ action: 'openapi', port: 4600, host: '127.0.0.1', isSecure: false });
    const given = { action: 'openapi', port: 1, host: '::1', isSecure: false };
    expect(readCommand(['openapi', '--port', '1'], { CE_EMULATOR_HOST: '::1' })).toEqual(given);
    expect(readCommand(['openapi', '--help'], {})).toEqual({ action: 'help' });
    expect(helpText()).toContain('cloud-elements-emulator openapi [--port PORT] [--host HOST] [--https]\n');
  });

  test.each([
    [['openapi', 'json'], "Unexpected argument 'json': see --help."],
    [['openapi', '--port', '0'], 'openapi names the address of the emulator: give it the --port that it has.'],
    [['openapi', '--data', 'x'], "--data does not go with 'openapi': see --help."],
    [['toString'], "Unexpected argument 'toString': see --help."],
  ])('%p is refused', (args, message) => {
    expect(() => readCommand(args, {})).toThrow(new UsageError(message));
  });
});

describe('fixture', () => {
  test('init and check take files', () => {
    const init = { action: 'fixture init', file: 'fixture.json', from: undefined, force: false };
    expect(readCommand(['fixture', 'init'], {})).toEqual(init);
    const other = { ...init, file: 'a.json', from: 'b', force: true };
    expect(readCommand(['fixture', 'init', 'a.json', '--from', 'b', '--force'], {})).toEqual(other);
    const piped = { ...init, file: '-', from: '-' };
    expect(readCommand(['fixture', 'init', '-', '--from', '-'], {})).toEqual(piped);
    expect(readCommand(['--fixture', '-'], {})).toMatchObject({ options: { fixture: '-' } });
    const check = { action: 'fixture check', files: ['a', 'b'] };
    expect(readCommand(['fixture', 'check', 'a', 'b'], {})).toEqual(check);
    expect(readCommand(['fixture', '--help'], {})).toEqual({ action: 'help' });
    expect(helpText()).toContain('cloud-elements-emulator fixture init [FILE] [--from NAME|FILE] [--force]\n');
    expect(helpText()).toContain('cloud-elements-emulator fixture check FILE…\n');
  });

  test.each([
    [['fixture'], "'fixture' is followed by init, check or pull: see --help."],
    [['fixture', 'chekc'], "'fixture' is followed by init, check or pull, not 'chekc': see --help."],
    [['fixture', 'check'], "'fixture check' is followed by FILE…: see --help."],
    [['fixture', 'init', ''], "'fixture init' is followed by [FILE], and the name given is blank: see --help."],
    [['fixture', 'check', 'a', ' '], "'fixture check' is followed by FILE…, and the name given is blank: see --help."],
    [['fixture', 'init', '--from', ''], '--from needs a value: see --help.'],
    [['fixture', 'init', 'a', 'b'], "Unexpected argument 'b': see --help."],
    [['fixture', 'check', 'a', '--force'], "--force does not go with 'fixture check': see --help."],
    [['fixture', 'init', '--port', '1'], "--port does not go with 'fixture init': see --help."],
  ])('%p is refused', (args, message) => {
    expect(() => readCommand(args, {})).toThrow(new UsageError(message));
  });
});

test('--help and --version count before anything is checked', () => {
  expect(readCommand(['--help', '--port', 'x'], {})).toEqual({ action: 'help' });
  expect(readCommand(['--version'], {})).toEqual({ action: 'version' });
});

test('the help lists every option with its default', () => {
  const options = [
    'port',
    'host',
    'fixture',
    'data',
    'now',
    'seed',
    'allow-host',
    'https',
    'https-key',
    'https-cert',
    'watch',
    'log',
    'open',
    'from',
    'force',
    'version',
    'help',
  ];
  for (const option of options) expect(helpText()).toContain(`  --${option} `);
  for (const variable of variables) expect(helpText()).toContain(variable);
  expect(variables).toHaveLength(13);
});
