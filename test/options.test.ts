import { createEmulator, type EmulatorOptions } from '../src/index.ts';
import { connect } from './support/client.ts';

/** What an emulator makes of its options, and of callbacks that fail. */

describe('an invalid option is refused', () => {
  const rows: [options: object, message: string][] = [
    [{ fixtur: 'minimal' }, "Unknown option 'fixtur': did you mean 'fixture'?"],
    [{ colour: 1 }, "Unknown option 'colour': known are port, host, https, fixture,"],
    [{ host: ' ' }, "Option 'host' must be an address or a host name, not ' '."],
    [{ host: 5 }, "Option 'host' must be an address or a host name, not 5."],
    [{ allowHosts: 'emu.local' }, "Option 'allowHosts' must be a list of host names, not 'emu.local'."],
    [{ allowHosts: [5] }, "Option 'allowHosts' must be a list of host names, not [5]."],
    [{ seed: null }, "Option 'seed' must be a text or a number, not null."],
    [{ seed: Number.NaN }, "Option 'seed' must be a text or a number, not NaN."],
    [{ port: '4600' }, "Option 'port' must be a whole number from 0 to 65535, not '4600'."],
    [{ seed: {} }, "Option 'seed' must be a text or a number, not {}."],
    [{ onRequest: 1 }, "Option 'onRequest' must be a function, not 1."],
    [{ onError: 'log' }, "Option 'onError' must be a function, not 'log'."],
    [{ journalLimit: 0 }, "Option 'journalLimit' must be a whole number from 1 to 1000000, not 0."],
    [{ now: '2017' }, "Option 'now' must be an ISO 8601 instant of the years 0000 to 9999, not '2017'."],
  ];
  test.each(rows)('%p', (options, message) => {
    expect(() => createEmulator(options as EmulatorOptions)).toThrow(message);
  });

  test.each([
    [null, 'null'],
    [4600, '4600'],
    ['minimal', "'minimal'"],
    [[], '[]'],
  ])('%j in place of options', (options, shown) => {
    const expected = `The options must be an object, such as { port: 4600 }, not ${shown}.`;
    expect(() => createEmulator(options as unknown as EmulatorOptions)).toThrow(expected);
  });

  test('an option that is undefined counts as absent', () => {
    const emulator = createEmulator({ port: undefined, host: undefined, fixture: undefined, seed: undefined });
    expect(emulator.credentials.organizationSecret).toBe('58168435e3b9959a929eb04b6218b9a2');
  });
});

test('an error of onRequest is passed to onError and has no other effect', async () => {
  const errors: [unknown, string][] = [];
  const emulator = createEmulator({
    onRequest: () => {
      throw new Error('of the listener');
    },
    onError: (error, during) => errors.push([error, during]),
  });
  const { status, body } = await connect(emulator).get('/organizations/me');
  expect(status).toBe(200);
  expect(body.id).toBe(55579);
  expect(errors).toEqual([[new Error('of the listener'), 'onRequest']]);
});

test('an error of onError is written to stderr together with the first one', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const emulator = createEmulator({
      onRequest: () => {
        throw new Error('of the listener');
      },
      onError: () => {
        throw new Error('of the other listener');
      },
    });
    expect((await connect(emulator).get('/organizations/me')).status).toBe(200);
    const written = write.mock.calls.map(([text]) => String(text).split('\n')[0]);
    expect(written).toEqual([
      'cloud-elements-emulator: unexpected error in onRequest: Error: of the listener',
      'cloud-elements-emulator: unexpected error in onError: Error: of the other listener',
    ]);
  } finally {
    write.mockRestore();
  }
});

test.each(['http://emu.local', 'emu.local:80', 'a b', ' ', '*.x', ''])('%j is not a host name to allow', (name) => {
  expect(() => createEmulator({ allowHosts: [name] })).toThrow(
    `'${name}' is not a host name to allow: write it without`,
  );
});

test('dataFile must be a path', () => {
  const options = { dataFile: 5 } as object;
  expect(() => createEmulator(options)).toThrow("Option 'dataFile' must be the path of a file, not 5.");
});
