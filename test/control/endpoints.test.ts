import type { Emulator } from '../../src/index.ts';
import { ok, refused, seen } from '../platform/answers.ts';
import { connect, request } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

const base = '/__emulator';
let emulator: Emulator;
beforeEach(() => {
  emulator = createWorld();
});

const get = (path: string) => request(emulator.app).get(base + path);
const remove = (path: string) => request(emulator.app).delete(base + path);
const send = (verb: 'post' | 'put', path: string, body?: unknown) => {
  const test = request(emulator.app)[verb](base + path);
  return body === undefined ? test : test.set('Content-Type', 'application/json').send(JSON.stringify(body));
};
const done = ok({ status: 'ok' });

test('POST /reset', async () => {
  await connect(emulator).post('/accounts', { externalId: 'x' });
  emulator.faults.add({ status: 503 });
  emulator.clock.set('2031-01-01');
  expect(seen(await send('post', '/reset'))).toEqual(done);
  expect(emulator.snapshot()).toEqual(createWorld().snapshot());
  expect([emulator.faults.list(), emulator.requests.all()]).toEqual([[], []]);
});

describe('/snapshots', () => {
  test('can be created by name, listed oldest first, read and restored', async () => {
    expect(seen(await get('/snapshots'))).toEqual(ok([]));
    expect(seen(await send('post', '/snapshots', { name: 'b.1_-' }))).toEqual(ok({ name: 'b.1_-' }));
    expect(seen(await send('post', '/snapshots', { name: 'a', fixture: world }))).toEqual(ok({ name: 'a' }));
    const counts = { organizations: 2, accounts: 5, users: 7 };
    const savedAt = '2020-03-01T10:20:30.000Z';
    const listed = ok([
      { name: 'b.1_-', savedAt, now: savedAt, ...counts },
      { name: 'a', savedAt, ...counts },
    ]);
    expect(seen(await get('/snapshots'))).toEqual(listed);
    const saved = (await get('/snapshots/b.1_-')).body;
    expect(saved).toMatchObject({ version: 1, now: '2020-03-01T10:20:30.000Z', sequences: { account: 500 } });

    await connect(emulator).post('/accounts', { externalId: 'later' });
    expect(seen(await send('post', '/snapshots/b.1_-/restore'))).toEqual(ok({ name: 'b.1_-' }));
    expect(emulator.snapshot()).toEqual({ ...saved, sequences: emulator.snapshot().sequences });
    expect(emulator.snapshot().organizations).toEqual(createWorld().snapshot().organizations);
    await send('post', '/reset');
    expect(seen(await get('/snapshots'))).toEqual(listed);
  });

  test('can be created from a fixture and restored', async () => {
    const fixture = { organizations: [{ id: 7, name: 'Seven' }] };
    await send('post', '/snapshots', { name: 'seven', fixture });
    expect(seen(await send('post', '/snapshots/seven/restore'))).toEqual(ok({ name: 'seven' }));
    expect(seen(await connect(emulator).get('/organizations/me'))).toEqual(ok(expect.objectContaining({ id: 7 })));
  });

  test.each<[unknown, string]>([
    [undefined, 'The body must be a JSON object.'],
    [null, 'The body must be a JSON object.'],
    [[], 'The body must be a JSON object.'],
    [{}, "Field 'name' must be 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first."],
    [{ name: 5 }, "Field 'name' must be 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first."],
    [
      { name: '' },
      "Field 'name' must be 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first.",
    ],
    [
      { name: 'a/b' },
      "Field 'name' must be 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first.",
    ],
    [
      { name: 'x'.repeat(101) },
      "Field 'name' must be 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first.",
    ],
    [{ nam: 'a' }, "Field 'nam' is unknown: name, fixture are known."],
    [{ name: 'a', fixture: null }, 'the snapshot given: found null, expected a fixture of cloud-elements-emulator'],
    [{ name: 'a', fixture: { organizations: [] } }, expect.stringMatching(/^the snapshot given: \/organizations: /)],
  ])('%j is refused', async (body, message) => {
    expect(seen(await send('post', '/snapshots', body))).toEqual(refused(400, message));
    expect(seen(await get('/snapshots'))).toEqual(ok([]));
  });

  test('are a hundred at most, and an existing name can be used again', async () => {
    for (let n = 0; n < 100; n += 1) await send('post', '/snapshots', { name: `s${n}` });
    expect(seen(await send('post', '/snapshots', { name: 'one-more' }))).toEqual(
      refused(400, 'There are 100 snapshots already: use one of their names again.'),
    );
    expect(seen(await send('post', '/snapshots', { name: 's5' }))).toEqual(ok({ name: 's5' }));
  });

  test.each(['__proto__', 'a', 'a%2Fb'])('answers 404 for %s', async (name) => {
    const shown = decodeURIComponent(name);
    expect(seen(await get(`/snapshots/${name}`))).toEqual(
      refused(404, `There is no snapshot '${shown}': there is none.`),
    );
    await send('post', '/snapshots', { name: 'x' });
    expect(seen(await send('post', `/snapshots/${name}/restore`))).toEqual(
      refused(404, `There is no snapshot '${shown}': there are x.`),
    );
  });
});

describe('/requests', () => {
  test.each<[string, number[]]>([
    ['', [0, 1, 2]],
    ['?method=post', [1]],
    ['?path=/accounts', [0, 1]],
    ['?path=%2Faccounts%2F%7Bid%7D', [2]],
    ['?operationId=getAccountById', [2]],
    ['?status=404', [2]],
    ['?method=GET&status=200', [0]],
  ])('%s', async (query, expected) => {
    await connect(emulator).get('/accounts');
    await connect(emulator).post('/accounts', { externalId: 'x', password: 'hush' });
    await connect(emulator).get('/accounts/9999');
    const all = JSON.parse(JSON.stringify(emulator.requests.all()));
    expect(seen(await get(`/requests${query}`))).toEqual(ok(expected.map((index) => all[index])));
    expect(seen(await remove('/requests'))).toEqual(done);
    expect(seen(await get('/requests'))).toEqual(ok([]));
  });

  test.each<[string, unknown]>([
    ['foo=1', "Parameter 'foo' is unknown: method, path, operationId, status are known."],
    ['__proto__=1', "Parameter '__proto__' is unknown: method, path, operationId, status are known."],
    // Nothing could ever fit these.
    ['status=abc', expect.stringContaining("'status'")],
    ['status=', expect.stringContaining("'status'")],
    ['operationId=getAccount', expect.stringContaining("'getAccount'")],
    ['path=/acounts', "The platform has no path '/acounts': did you mean '/accounts'?"],
  ])('?%s is refused', async (query, message) => {
    expect(seen(await get(`/requests?${query}`))).toEqual(refused(400, message));
  });
});

describe('/faults', () => {
  test('can be added, listed with their counts, and removed', async () => {
    const fault = { status: 503, path: '/accounts', times: 2 };
    expect(seen(await send('post', '/faults', fault))).toEqual(ok({ ...fault, id: 1, matched: 0, applied: 0 }));
    expect(seen(await send('post', '/faults', { drop: true, path: '/users' }))).toEqual(
      ok({ drop: true, path: '/users', id: 2, matched: 0, applied: 0 }),
    );
    expect(seen(await connect(emulator).get('/accounts'))).toEqual(refused(503, 'Service Unavailable'));
    expect(seen(await get('/faults'))).toEqual(
      ok([
        { ...fault, id: 1, matched: 1, applied: 1 },
        { drop: true, path: '/users', id: 2, matched: 0, applied: 0 },
      ]),
    );
    expect(seen(await remove('/faults/1'))).toEqual(done);
    expect(seen(await remove('/faults/1'))).toEqual(refused(404, 'There is no fault 1.'));
    expect(emulator.faults.list().map(({ id }) => id)).toEqual([2]);
    expect(seen(await remove('/faults'))).toEqual(done);
    expect(seen(await get('/faults'))).toEqual(ok([]));
  });

  test.each(['0', '2', '-1', 'x', '1.5', '0x1', '1e0', '1.0', '%201', '+1', '01'])(
    'DELETE /faults/%s answers 404',
    async (id) => {
      emulator.faults.add({ status: 503 });
      expect(seen(await remove(`/faults/${id}`))).toEqual(refused(404, `There is no fault ${decodeURIComponent(id)}.`));
      expect(emulator.faults.list()).toHaveLength(1);
    },
  );
});

describe('/clock', () => {
  test.each<[unknown, string]>([
    [{ now: '2031-01-01' }, '2031-01-01T00:00:00.000Z'],
    [{ now: 0 }, '1970-01-01T00:00:00.000Z'],
    [{ advance: { days: 1, hours: -1 } }, '2020-03-02T09:20:30.000Z'],
  ])('PUT %j', async (body, now) => {
    expect(seen(await get('/clock'))).toEqual(ok({ now: '2020-03-01T10:20:30.000Z' }));
    expect(seen(await send('put', '/clock', body))).toEqual(ok({ now }));
    expect(seen(await get('/clock'))).toEqual(ok({ now }));
  });

  test('{"now": null} lets the clock run', async () => {
    const { status, body } = await send('put', '/clock', { now: null });
    expect(status).toBe(200);
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(60_000);
  });

  const either = "Give either 'now', an instant or null for the machine's time, or 'advance', such as {\"days\": 1}.";
  test.each<[unknown, unknown]>([
    [undefined, 'The body must be a JSON object.'],
    [[], 'The body must be a JSON object.'],
    [{}, either],
    [{ now: 0, advance: { days: 1 } }, either],
    [{ noww: 1 }, "Field 'noww' is unknown: now, advance are known."],
    [{ now: true }, "Field 'now' must be an instant or null."],
    [{ now: {} }, "Field 'now' must be an instant or null."],
    [{ now: 'x' }, "Field 'now' must be an ISO 8601 instant of the years 0000 to 9999, not 'x'."],
    [{ advance: {} }, expect.stringMatching(/^Field 'advance' needs one of weeks/)],
    [{ advance: { day: 1 } }, "Field 'advance' knows no 'day': did you mean 'days'?"],
    [{ advance: { days: '1' } }, 'Field \'advance\' takes a number of days, not "1".'],
    // Not "the body", which is one.
    [{ advance: 5 }, expect.stringContaining("'advance'")],
  ])('PUT %j is refused and changes nothing', async (body, message) => {
    expect(seen(await send('put', '/clock', body))).toEqual(refused(400, message));
    expect(emulator.clock.now().toISOString()).toBe('2020-03-01T10:20:30.000Z');
  });
});

test('DELETE /snapshots/{name} deletes the snapshot', async () => {
  const { app } = createWorld();
  await request(app).post('/__emulator/snapshots').send({ name: 'a' });
  const gone = await request(app).delete('/__emulator/snapshots/a');
  expect({ status: gone.status, body: gone.body }).toEqual({ status: 200, body: { name: 'a' } });
  expect((await request(app).get('/__emulator/snapshots')).body).toEqual([]);
  const again = await request(app).delete('/__emulator/snapshots/a');
  expect({ status: again.status, message: again.body.message }).toEqual({
    status: 404,
    message: "There is no snapshot 'a': there is none.",
  });
});
