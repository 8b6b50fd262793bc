import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, type Fault, type RecordedRequest, startEmulator } from '../../src/index.ts';
import { refused, seen } from '../platform/answers.ts';
import { send } from '../snapshots/wire.ts';
import { connect } from '../support/client.ts';
import { kept } from '../support/kept.ts';
import { until } from '../support/until.ts';
import { createWorld, world } from '../support/world.ts';

const told: RecordedRequest[] = [];
let emulator: Emulator;
beforeEach(async () => {
  told.length = 0;
  emulator = await startEmulator({ fixture: world, onRequest: (request) => told.push(request) });
});
afterEach(() => emulator.close());

const body = '{"externalId": "new"}';
const create = () => send(emulator, '/accounts', { method: 'POST', body });
const find = () => connect(emulator).get("/accounts?where=externalId='new'");

async function getRaw(path: string) {
  const answer = await fetch(emulator.baseUrl + path, {
    headers: { Authorization: emulator.credentials.authorization },
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

describe("a fault with when: 'after'", () => {
  test('makes the change and drops the connection: the retry answers 409', async () => {
    emulator.faults.add({ when: 'after', method: 'POST', drop: true, times: 1 });
    expect(await create().outcome).toBe('ECONNRESET');
    expect((await find()).body).toMatchObject([{ externalId: 'new' }]);
    const lost = emulator.requests.find('POST /accounts');
    expect(lost).toMatchObject({ operationId: 'createAccount', user: { id: 1000 }, fault: 1, trueStatus: 200 });
    expect(lost).toMatchObject({ body: { externalId: 'new' }, duration: expect.any(Number) });
    expect(lost).not.toHaveProperty('status');
    expect(lost).not.toHaveProperty('clientLeft');
    expect(await create().outcome).toBe(409);
    expect(emulator.requests.last()).not.toHaveProperty('trueStatus');
  });

  test('makes the change and answers a status', async () => {
    emulator.faults.add({ when: 'after', path: '/accounts', status: 503, message: 'Too late.', times: 1 });
    const answer = await connect(emulator).post('/accounts', { externalId: 'new' });
    expect(seen(answer)).toEqual(refused(503, 'Too late.'));
    expect(answer.body.requestId).toBe(answer.headers['elements-request-id']);
    expect(emulator.requests.last()).toMatchObject({ status: 503, trueStatus: 200, message: 'Too late.', fault: 1 });
    expect((await find()).body).toMatchObject([{ externalId: 'new' }]);
  });

  test('makes the change and delays the answer', async () => {
    emulator.faults.add({ when: 'after', delayMs: 600_000, times: 1 });
    const late = create();
    await until(() => emulator.requests.length === 1);
    // The change can be seen while its answer is on the way.
    await until(async () => (await find()).body.length === 1);
    expect(emulator.requests.all()[0]).toMatchObject({ trueStatus: 200, fault: 1 });
    expect(emulator.requests.all()[0]).not.toHaveProperty('status');
    await emulator.restore(emulator.snapshot());
    expect(await late.outcome).toBe(200);
    expect(emulator.requests.all()[0]).toMatchObject({ status: 200, trueStatus: 200 });
  });

  test('delays its status', async () => {
    emulator.faults.add({ when: 'after', delayMs: 60, status: 504 });
    expect((await connect(emulator).get('/accounts')).status).toBe(504);
    expect(emulator.requests.last()).toMatchObject({ status: 504, trueStatus: 200 });
    expect(emulator.requests.last().duration).toBeGreaterThanOrEqual(58);
  });

  test('notes the change of a client that did not wait', async () => {
    emulator.faults.add({ when: 'after', delayMs: 600_000, times: 1 });
    const impatient = create();
    await until(() => emulator.requests.length === 1 && emulator.requests.last().trueStatus === 200);
    impatient.request.destroy();
    await until(() => told.length === 1);
    expect(told).toMatchObject([{ clientLeft: true, trueStatus: 200, fault: 1 }]);
    expect((await find()).body).toHaveLength(1);
  });

  test.each<[Omit<Fault, 'when'>, number | undefined, unknown]>([
    [{ drop: true }, undefined, undefined],
    [{ status: 502 }, 502, 'Bad Gateway'],
    [{ delayMs: 1 }, 409, expect.stringContaining("'here'")],
  ])('%j applies to the answer of a refused call too', async (fault, status, message) => {
    emulator.faults.add({ ...fault, when: 'after', times: 1 });
    const answer = send(emulator, '/accounts', { method: 'POST', body: '{"externalId": "here"}' });
    expect(await answer.outcome).toBe(status ?? 'ECONNRESET');
    await until(() => told.length === 1);
    expect(told[0]).toMatchObject({ trueStatus: 409, message: message ?? expect.stringContaining("'here'") });
    expect(told[0]?.status).toBe(status);
  });

  test('keeps the reason of a 401 in the journal', async () => {
    emulator.faults.add({ when: 'after', status: 503 });
    await connect(emulator, 'User x, Organization y').get('/accounts');
    expect(emulator.requests.last()).toMatchObject({ status: 503, trueStatus: 401, reason: expect.any(String) });
  });

  test.each([
    ['/nowhere', 404],
    ['/instances', 501],
  ])('applies to %s too: %i', async (path, trueStatus) => {
    emulator.faults.add({ when: 'after', status: 503 });
    expect((await connect(emulator).get(path)).status).toBe(503);
    expect(emulator.requests.last()).toMatchObject({ status: 503, trueStatus });
  });

  test('has its `when` in the list', () => {
    emulator.faults.add({ when: 'after', drop: true });
    expect(emulator.faults.list()).toEqual([{ when: 'after', drop: true, id: 1, matched: 0, applied: 0 }]);
  });
});

test("when: 'before' is the default", async () => {
  emulator.faults.add({ when: 'before', method: 'POST', drop: true, times: 1 });
  expect(await create().outcome).toBe('ECONNRESET');
  expect(emulator.requests.last()).not.toHaveProperty('trueStatus');
  expect((await find()).body).toEqual([]);
});

describe('a body in place of the original one', () => {
  const cut = '{"requestId": "5';

  test('is sent as given, with the type of the platform', async () => {
    emulator.faults.add({ status: 500, rawBody: cut });
    const { status, headers, text } = await getRaw('/accounts');
    expect({ status, text }).toEqual({ status: 500, text: cut });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['content-length']).toBe(String(cut.length));
  });

  test.each(['', 'äöü €', '"', 'null'])('is sent as given: %j', async (rawBody) => {
    emulator.faults.add({ status: 500, rawBody, headers: { 'content-type': 'application/problem+json' } });
    const { headers, text } = await getRaw('/accounts');
    expect({ text, type: headers['content-type'] }).toEqual({ text: rawBody, type: 'application/problem+json' });
  });

  test("needs no status with when: 'after', and keeps the headers of the original answer", async () => {
    emulator.faults.add({
      when: 'after',
      rawBody: '[{"id": 1',
      headers: { 'X-Own': 'yes', 'elements-total-count': '9' },
    });
    const { status, headers, text } = await getRaw('/accounts');
    expect({ status, text }).toEqual({ status: 200, text: '[{"id": 1' });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'elements-returned-count': '3',
      'elements-total-count': '9',
      'x-own': 'yes',
      'elements-request-id': expect.any(String),
    });
    expect(emulator.requests.last()).toMatchObject({ status: 200, trueStatus: 200 });
    expect(emulator.requests.last()).not.toHaveProperty('message');
  });

  test.each([[{ id: 7 }], [[]], [null], [false]])("can be %j with when: 'after'", async (given) => {
    emulator.faults.add({ when: 'after', body: given });
    const { status, text } = await connect(emulator).get('/accounts');
    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: given });
  });

  test('keeps the status and the message of a refused call', async () => {
    emulator.faults.add({ when: 'after', rawBody: '<html>' });
    const { status, text } = await getRaw('/accounts/999');
    expect({ status, text }).toEqual({ status: 404, text: '<html>' });
    expect(emulator.requests.last()).toMatchObject({ status: 404, trueStatus: 404, message: expect.any(String) });
  });
});

test('the change is in the data file before the answer is dropped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'after-'));
  const dataFile = join(folder, 'data.json');
  const durable = await startEmulator({ fixture: world, dataFile });
  try {
    durable.faults.add({ when: 'after', drop: true });
    const lost = send(durable, '/accounts', { method: 'POST', body });
    // The state that a start would read at the moment at which the connection ends.
    const onDisk = lost.outcome.then(() =>
      kept(dataFile).organizations[0]?.accounts?.map((account) => account.externalId),
    );
    expect(await lost.outcome).toBe('ECONNRESET');
    expect(await onDisk).toContain('new');
  } finally {
    await durable.close();
    rmSync(folder, { recursive: true });
  }
});

test("faults with when: 'after' apply to an emulator that does not listen", async () => {
  const inProcess = createWorld();
  inProcess.faults.add({ when: 'after', drop: true, times: 1 });
  await expect(connect(inProcess).post('/accounts', { externalId: 'new' })).rejects.toThrow(/hang up|ECONNRESET/);
  expect((await connect(inProcess).get("/accounts?where=externalId='new'")).body).toHaveLength(1);
});
