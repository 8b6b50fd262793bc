import { serialize } from 'node:v8';
import { gzipSync } from 'node:zlib';
import { createEmulator, type EmulatorOptions, type RecordedRequest } from '../../src/index.ts';
import { bytesOf } from '../../src/journal/bytes.ts';
import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { until } from '../support/until.ts';
import { world } from '../support/world.ts';

const json = { 'Content-Type': 'application/json' };

describe('bounds', () => {
  const create = (options: EmulatorOptions = {}) => createEmulator({ fixture: world, ...options });

  test.each([1, 2, 3, 7])('journalLimit %i keeps the last requests', async (journalLimit) => {
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
    // A removed request is not found any more.
    expect(emulator.requests.find('/accounts/1')).toBeUndefined();
  });

  test.each([0, -1, 1.5, 1_000_001, Number.NaN])('journalLimit %p is refused', (journalLimit) => {
    expect(() => create({ journalLimit })).toThrow(
      new Error(`Option 'journalLimit' must be a whole number from 1 to 1000000, not ${journalLimit}.`),
    );
  });

  test.each([0, 999_999, 1_000_000.5])('journalBytes %p is refused', (journalBytes) => {
    expect(() => create({ journalBytes })).toThrow(
      new Error(`Option 'journalBytes' must be a whole number from 1000000 to 100000000000, not ${journalBytes}.`),
    );
  });

  test('the oldest requests are removed when the journal takes more bytes than journalBytes', async () => {
    const journalBytes = 1_000_000;
    const emulator = create({ journalBytes });
    const body = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field${n}`, n]));
    const bytes = () => emulator.requests.all().reduce((sum, request) => sum + bytesOf(request), 0);
    for (let n = 0; n < 20; n += 1) {
      await connect(emulator).post(`/authentication?n=${n}`, body);
      expect(bytes()).toBeLessThanOrEqual(journalBytes);
    }
    const { length, dropped } = emulator.requests;
    expect(length + dropped).toBe(20);
    // Another one would not have fitted.
    expect(bytes() + bytesOf(body)).toBeGreaterThan(journalBytes);
    const kept = Array.from({ length }, (_, index) => String(dropped + index));
    expect(emulator.requests.all().map(({ query }) => query.n)).toEqual(kept);
    expect(emulator.requests.last()).toMatchObject({ body: { field0: 0 }, status: 400 });

    emulator.requests.clear();
    expect(emulator.requests).toMatchObject({ length: 0, dropped: 0 });
    await connect(emulator).post('/authentication', body);
    expect(emulator.requests.last()).toMatchObject({ body });
  });

  test('a request that is answered after a clear of the journal does not count', async () => {
    const emulator = create({ journalBytes: 1_000_000 });
    emulator.faults.add({ delayMs: 60_000 });
    const late = Array.from({ length: 30 }, (_, n) =>
      connect(emulator)
        .post('/authentication', { text: 'x'.repeat(15_000), n })
        .then(({ status }) => status),
    );
    await until(() => emulator.requests.length === late.length);
    emulator.requests.clear();
    emulator.faults.clear();
    await connect(emulator).get('/accounts');
    const reset = emulator.reset();
    expect(await Promise.all(late)).toEqual(late.map(() => 400));
    await reset;
    for (let n = 0; n < 20; n += 1) await connect(emulator).get('/accounts');
    expect(emulator.requests).toMatchObject({ length: 20, dropped: 0 });
  });

  test('the size of a value is the sum of its parts', () => {
    const count = (value: unknown) => bytesOf(value);
    expect(count('abc') - count('ab')).toBeGreaterThan(0);
    expect(count({ a: 1, b: 1 })).toBeGreaterThan(count({ a: 1 }));
    expect(count([1, [2, 3]])).toBeGreaterThan(count([1, 2, 3]));
    // V8 writes a value in fewer bytes than it takes in memory.
    for (const value of ['x'.repeat(1000), 'ł'.repeat(1000), { a: [1, { b: 'c' }], d: null }, [[[]]], 5]) {
      expect(count(value)).toBeGreaterThanOrEqual(serialize(value).length);
    }
  });

  const large = JSON.stringify({ externalId: 'x', description: 'x'.repeat(20_000) });
  test('a large body is left out, and its size is recorded', async () => {
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

  test('a deeply nested body is cut', async () => {
    const emulator = create();
    const body = `{"externalId": "x", "deep": ${'['.repeat(90)}1${']'.repeat(90)}}`;
    const { status } = await sendRaw(emulator, { method: 'POST', path: '/accounts', headers: json, body });
    expect(status).toBe(200);
    const text = JSON.stringify(emulator.requests.last()?.body);
    expect(text).toContain('"[too deep]"');
    expect(text.length).toBeLessThan(200);
  });
});

test('a body that nests deeper than the limit is left out and refused', async () => {
  const depth = 200_000;
  const body = `{"externalId":"deep","more":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const emulator = createEmulator({ fixture: world });
  const answer = await sendRaw(emulator, { method: 'POST', path: '/accounts', headers: json, body });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ message: 'The body is nested deeper than 100 levels.' });
  expect(emulator.requests.last()).not.toHaveProperty('body');
});

describe('the requests that a search reads', () => {
  const full = async () => {
    const emulator = createEmulator({ fixture: world });
    for (let n = 0; n < 20; n += 1) await connect(emulator).get(`/accounts/${n}`);
    return emulator.requests;
  };
  const asking = (path: string) => {
    const seen: string[] = [];
    const pattern = (request: RecordedRequest) => {
      seen.push(request.path);
      return request.path === path;
    };
    return { seen, pattern };
  };

  test('last() begins with the newest request, find() with the oldest', async () => {
    const requests = await full();
    const newest = asking('/accounts/18');
    expect(requests.last(newest.pattern)?.path).toBe('/accounts/18');
    expect(newest.seen).toEqual(['/accounts/19', '/accounts/18']);
    const oldest = asking('/accounts/1');
    expect(requests.find(oldest.pattern)?.path).toBe('/accounts/1');
    expect(oldest.seen).toEqual(['/accounts/0', '/accounts/1']);
    expect(requests.last(asking('none').pattern)).toBeUndefined();
    expect(requests.find(asking('none').pattern)).toBeUndefined();
  });
});
