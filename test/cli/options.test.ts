import { helpText, readCommand, UsageError } from '../../src/cli-options.ts';

const defaults = { port: 4600, host: '127.0.0.1', fixture: 'documentation', allowHosts: [] };

test('without options everything has its default', () => {
  expect(readCommand([], {})).toEqual({ action: 'start', log: 'info', open: false, options: defaults });
});

describe('an option is read from the command line, and else from the environment', () => {
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
  test.each(rows)('%p is CE_EMULATOR_%s=%s', (args, variable, value, expected) => {
    const command = { action: 'start', log: 'info', open: false, options: { ...defaults, ...expected } };
    expect(readCommand(args, {})).toEqual(command);
    expect(readCommand([], { [`CE_EMULATOR_${variable}`]: value })).toEqual(command);
    expect(readCommand(args, { [`CE_EMULATOR_${variable}`]: 'not this' })).toEqual(command);
  });

  test('a log level, and an empty variable is none', () => {
    expect(readCommand(['--log', 'silent'], {})).toMatchObject({ log: 'silent' });
    expect(readCommand([], { CE_EMULATOR_LOG: 'error' })).toMatchObject({ log: 'error' });
    expect(readCommand(['--open'], { CE_EMULATOR_OPEN: '0' })).toMatchObject({ open: true });
    expect(readCommand([], { CE_EMULATOR_OPEN: 'yes' })).toMatchObject({ open: true });
    expect(readCommand([], { CE_EMULATOR_OPEN: '0' })).toMatchObject({ open: false });
    expect(readCommand([], { CE_EMULATOR_PORT: '' })).toMatchObject({ options: { port: 4600 } });
  });
});

describe('what cannot be followed is one line that says what to do', () => {
  const rows: [args: string[], message: string][] = [
    [['--prot', '1'], "Unknown option '--prot': did you mean --port?"],
    [['--colour'], "Unknown option '--colour': see --help."],
    [['-x'], "Unknown option '-x': see --help."],
    [['--port'], "Option '--port <value>' argument missing: see --help."],
    [['--port', '65536'], "--port must be a whole number from 0 to 65535, not '65536'."],
    [['--port', 'http'], "--port must be a whole number from 0 to 65535, not 'http'."],
    [['--log', 'loud'], "--log must be one of silent, error, info, not 'loud'."],
    [['start'], "Unexpected argument 'start': see --help."],
    [['--from', 'minimal'], "--from goes with 'fixture init' alone: see --help."],
    [['--help=yes'], "Option '--help' does not take an argument: see --help."],
  ];
  test.each(rows)('%p', (args, message) => {
    expect(() => readCommand(args, {})).toThrow(new UsageError(message));
  });
});

describe('openapi', () => {
  test('is for the port and the host that an emulator would have', () => {
    expect(readCommand(['openapi'], {})).toEqual({ action: 'openapi', port: 4600, host: '127.0.0.1' });
    const given = { action: 'openapi', port: 1, host: '::1' };
    expect(readCommand(['openapi', '--port', '1'], { CE_EMULATOR_HOST: '::1' })).toEqual(given);
    expect(readCommand(['openapi', '--help'], {})).toEqual({ action: 'help' });
    expect(helpText()).toContain('cloud-elements-emulator openapi [--port PORT] [--host HOST]\n');
  });

  test.each([
    [['openapi', 'json'], "Unexpected argument 'json': see --help."],
    [['openapi', '--port', '0'], 'openapi names the address of the emulator: give it the --port that it has.'],
    [['openapi', '--data', 'x'], "--data does not go with 'openapi': see --help."],
    [['toString'], "Unexpected argument 'toString': see --help."],
  ])('%p cannot be followed', (args, message) => {
    expect(() => readCommand(args, {})).toThrow(new UsageError(message));
  });
});

describe('fixture', () => {
  test('init and check take files', () => {
    const init = { action: 'fixture init', file: 'fixture.json', from: undefined, force: false };
    expect(readCommand(['fixture', 'init'], {})).toEqual(init);
    const other = { ...init, file: 'a.json', from: 'b', force: true };
    expect(readCommand(['fixture', 'init', 'a.json', '--from', 'b', '--force'], {})).toEqual(other);
    const check = { action: 'fixture check', files: ['a', 'b'] };
    expect(readCommand(['fixture', 'check', 'a', 'b'], {})).toEqual(check);
    expect(readCommand(['fixture', '--help'], {})).toEqual({ action: 'help' });
    expect(helpText()).toContain('cloud-elements-emulator fixture init [FILE] [--from NAME|FILE] [--force]\n');
    expect(helpText()).toContain('cloud-elements-emulator fixture check FILE…\n');
  });

  test.each([
    [['fixture'], "'fixture' is followed by init or check: see --help."],
    [['fixture', 'chekc'], "'fixture' is followed by init or check, not 'chekc': see --help."],
    [['fixture', 'check'], "'fixture check' is followed by FILE…: see --help."],
    [['fixture', 'init', 'a', 'b'], "Unexpected argument 'b': see --help."],
    [['fixture', 'check', 'a', '--force'], "--force does not go with 'fixture check': see --help."],
    [['fixture', 'init', '--port', '1'], "--port does not go with 'fixture init': see --help."],
  ])('%p cannot be followed', (args, message) => {
    expect(() => readCommand(args, {})).toThrow(new UsageError(message));
  });
});

test('a variable that is no switch is refused', () => {
  const message = "CE_EMULATOR_OPEN must be 1 or 0, not 'maybe'.";
  expect(() => readCommand([], { CE_EMULATOR_OPEN: 'maybe' })).toThrow(new UsageError(message));
});

test('help and version are asked for before anything is checked', () => {
  expect(readCommand(['--help', '--port', 'x'], {})).toEqual({ action: 'help' });
  expect(readCommand(['--version'], {})).toEqual({ action: 'version' });
});

test('the help names every option with its default', () => {
  const options = [
    'port',
    'host',
    'fixture',
    'data',
    'now',
    'seed',
    'allow-host',
    'log',
    'open',
    'from',
    'force',
    'version',
    'help',
  ];
  for (const option of options) expect(helpText()).toContain(`  --${option} `);
});
