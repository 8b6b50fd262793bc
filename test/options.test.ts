import { createEmulator, type EmulatorOptions } from '../src/index.ts';
import { connect, envelope } from './support/client.ts';
import { createWorld } from './support/world.ts';

/** What an emulator makes of its options, and of callbacks that fail. */

describe('an option that cannot be meant is refused', () => {
  const rows: [options: object, message: string][] = [
    [{ fixtur: 'minimal' }, "Unknown option 'fixtur': did you mean 'fixture'?"],
    [{ colour: 1 }, "Unknown option 'colour': known are port, host, fixture,"],
    [{ host: ' ' }, "Option 'host' is blank: leave it out for 127.0.0.1."],
    [{ journalLimit: 0 }, "Option 'journalLimit' must be a whole number from 1 to 1000000, not 0."],
    [{ now: '2017' }, "Option 'now' must be an ISO 8601 instant of the years 0000 to 9999, not '2017'."],
  ];
  test.each(rows)('%p', (options, message) => {
    expect(() => createEmulator(options as EmulatorOptions)).toThrow(message);
  });

  test('one that is undefined counts as left out', () => {
    const emulator = createEmulator({ port: undefined, host: undefined, fixture: undefined, seed: undefined });
    expect(emulator.credentials.organizationSecret).toBe('58168435e3b9959a929eb04b6218b9a2');
  });
});

test('onRequest that throws harms nobody, and is told to onError', async () => {
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

describe('roles that a user has already', () => {
  test('may be sent back by one who could not grant them', async () => {
    const emulator = createWorld();
    const administrator = connect(emulator);
    await administrator.patch('/accounts/100/users/1001', { roles: [{ key: 'admin' }] });
    const plain = connect(emulator, emulator.authorizationFor(1001));
    const { body } = await plain.get('/accounts/100/users/1000');
    const echoed = await plain.patch('/accounts/100/users/1000', body);
    expect(echoed.status).toBe(200);
    expect(echoed.body).toEqual(body);
  });

  test('are not taken away by one who could not grant them', async () => {
    const emulator = createWorld();
    await connect(emulator).patch('/accounts/100/users/1001', { roles: [{ key: 'admin' }] });
    const plain = connect(emulator, emulator.authorizationFor(1001));
    const refused = await plain.patch('/accounts/100/users/1000', { roles: [] });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual(envelope("Role 'org-admin' is above the roles of the caller."));
  });
});
