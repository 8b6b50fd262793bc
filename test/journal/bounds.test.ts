import { gzipSync } from 'node:zlib';
import { createEmulator, type EmulatorOptions } from '../../src/index.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { world } from '../support/world.ts';

const json = { 'Content-Type': 'application/json' };

describe('bounds', () => {
  const create = (options: EmulatorOptions = {}) => createEmulator({ fixture: world, ...options });

  test.each([1, 2, 3, 7])('journalLimit %i keeps the last ones', async (journalLimit) => {
    const emulator = create({ journalLimit });
    for (let n = 1; n <= 8; n += 1) {
      await connect(emulator).get(`/accounts/${n}`);
      const kept = Array.from(
        { length: Math.min(n, journalLimit) },
        (_, i) => `/accounts/${n - Math.min(n, journalLimit) + i + 1}`,
      );
      expect(emulator.requests.all().map(({ path }) => path)).toEqual(kept);
      expect(emulator.requests.length).toBe(kept.length);
      expect(emulator.requests.last()?.path).toBe(`/accounts/${n}`);
    }
    // What fell out is not found any more.
    expect(emulator.requests.find('/accounts/1')).toBeUndefined();
  });

  test.each([0, -1, 1.5, 1_000_001, Number.NaN])('journalLimit %p is refused', (journalLimit) => {
    expect(() => create({ journalLimit })).toThrow(
      new Error(`Option 'journalLimit' must be a whole number from 1 to 1000000, not ${journalLimit}.`),
    );
  });

  const large = JSON.stringify({ externalId: 'x', description: 'x'.repeat(20_000) });
  test('a large body is left out, with its size', async () => {
    const emulator = create();
    const { status } = await sendRaw(emulator, { method: 'POST', path: '/accounts', headers: json, body: large });
    expect(status).toBe(200);
    expect(emulator.requests.last()?.body).toBe(`[${large.length} bytes left out]`);
  });

  test.each<[string, Partial<RawRequest>]>([
    ['sent in chunks', { body: large, chunked: true }],
    ['compressed', { body: gzipSync(large), headers: { ...json, 'Content-Encoding': 'gzip' } }],
    [
      'compressed, in chunks',
      { body: gzipSync(large), headers: { ...json, 'Content-Encoding': 'gzip' }, chunked: true },
    ],
  ])('a large body is left out also when it is %s', async (_how, raw) => {
    const emulator = create();
    const { status } = await sendRaw(emulator, { method: 'POST', path: '/accounts', headers: json, ...raw });
    expect(status).toBe(200);
    expect(emulator.requests.last()?.body).toEqual(expect.stringMatching(/^\[\d+ bytes left out\]$/));
  });

  test('a body that nests deep is cut', async () => {
    const emulator = create();
    const body = `{"externalId": "x", "deep": ${'['.repeat(90)}1${']'.repeat(90)}}`;
    const { status } = await sendRaw(emulator, { method: 'POST', path: '/accounts', headers: json, body });
    expect(status).toBe(200);
    const text = JSON.stringify(emulator.requests.last()?.body);
    expect(text).toContain('"[too deep]"');
    expect(text.length).toBeLessThan(200);
  });
});

test('a body that nests deeper than is read is left out, and harms nobody', async () => {
  const depth = 200_000;
  const body = `{"externalId":"deep","more":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const emulator = createEmulator({ fixture: world });
  const answer = await sendRaw(emulator, { method: 'POST', path: '/accounts', headers: json, body });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ message: 'The body is nested deeper than 100 levels.' });
  expect(emulator.requests.last()).not.toHaveProperty('body');
});
