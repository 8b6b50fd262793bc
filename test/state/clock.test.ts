import { performance } from 'node:perf_hooks';
import { createEmulator, type Duration, startEmulator } from '../../src/index.ts';
import { Clock, controlClock } from '../../src/state/clock.ts';
import { connect } from '../support/client.ts';
import { createWorld, world } from '../support/world.ts';

const start = '2020-03-01T10:20:30.000Z';

/** Calls from JavaScript can have anything in them. */
const anything = (value: unknown) => value as never;

describe('set', () => {
  test.each<[string | number | Date, string]>([
    ['2017-07-10T00:00:00Z', '2017-07-10T00:00:00.000Z'],
    ['2017-07-10', '2017-07-10T00:00:00.000Z'],
    ['2017-07-10T12:30', '2017-07-10T12:30:00.000Z'],
    ['2017-07-10 12:30:15.25', '2017-07-10T12:30:15.250Z'],
    ['2017-07-10T00:00:00+02:00', '2017-07-09T22:00:00.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    ['1500000000000', '2017-07-14T02:40:00.000Z'],
    [new Date('2017-07-10T01:02:03.004Z'), '2017-07-10T01:02:03.004Z'],
    ['0000-01-01', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%p', (instant, now) => {
    const { clock } = createWorld();
    clock.set(instant);
    expect(clock.now().toISOString()).toBe(now);
  });

  test.each<[unknown, string]>([
    ['tomorrow', 'tomorrow'],
    ['', ''],
    ['2017-02-30', '2017-02-30'],
    ['2017-07-10T25:00:00Z', '2017-07-10T25:00:00Z'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [253_402_300_800_000, '253402300800000'],
    [new Date(Number.NaN), 'NaN'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('%p is refused and changes nothing', (instant, shown) => {
    const { clock } = createWorld();
    expect(() => clock.set(anything(instant))).toThrow(
      new Error(`clock.set() must be an ISO 8601 instant of the years 0000 to 9999, not '${shown}'.`),
    );
    expect(clock.now().toISOString()).toBe(start);
  });

  test('stops a running clock', async () => {
    const { clock } = createEmulator();
    clock.set('2017-07-10');
    const first = clock.now().getTime();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(clock.now().getTime()).toBe(first);
  });
});

describe('advance', () => {
  test.each<[Duration, string]>([
    [{ weeks: 1 }, '2020-03-08T10:20:30.000Z'],
    [{ days: 1 }, '2020-03-02T10:20:30.000Z'],
    [{ days: -1 }, '2020-02-29T10:20:30.000Z'],
    [{ hours: 14, minutes: -20, seconds: -30 }, '2020-03-02T00:00:00.000Z'],
    [{ milliseconds: 1 }, '2020-03-01T10:20:30.001Z'],
    [{ weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 }, '2020-03-09T11:21:31.001Z'],
    [{ days: 0.5 }, '2020-03-01T22:20:30.000Z'],
    [{ days: 0 }, start],
  ])('%j', (duration, now) => {
    const { clock } = createWorld();
    clock.advance(duration);
    expect(clock.now().toISOString()).toBe(now);
  });

  const units = 'weeks, days, hours, minutes, seconds, milliseconds';
  test.each<[unknown, string]>([
    [{}, `clock.advance() needs one of ${units}, such as { days: 1 }.`],
    [5, `clock.advance() needs one of ${units}, such as { days: 1 }.`],
    [{ day: 1 }, "clock.advance() knows no 'day': did you mean 'days'?"],
    [{ Hours: 1 }, "clock.advance() knows no 'Hours': did you mean 'hours'?"],
    [{ years: 1 }, `clock.advance() knows no 'years': one of ${units}`],
    [{ fortnight: 1 }, `clock.advance() knows no 'fortnight': one of ${units}`],
    [{ constructor: 1 }, `clock.advance() knows no 'constructor': one of ${units}`],
    [{ days: '1' }, 'clock.advance() takes a number of days, not "1".'],
    [{ days: null }, 'clock.advance() takes a number of days, not null.'],
    [{ days: undefined }, 'clock.advance() takes a number of days, not undefined.'],
    [{ days: Number.NaN }, 'clock.advance() takes a number of days, not null.'],
    [{ days: 1, hours: 'x' }, 'clock.advance() takes a number of hours, not "x".'],
    [{ weeks: 600_000 }, 'clock.advance() leads beyond the years 0000 to 9999.'],
    [{ weeks: -600_000 }, 'clock.advance() leads beyond the years 0000 to 9999.'],
  ] as [unknown, string][])('%p is refused and changes nothing', (duration, message) => {
    const { clock } = createWorld();
    expect(() => clock.advance(anything(duration))).toThrow(message);
    expect(clock.now().toISOString()).toBe(start);
  });

  test.each([undefined, null])('%p is refused with a message that names clock.advance()', (duration) => {
    expect(() => createWorld().clock.advance(anything(duration))).toThrow(/^clock\.advance\(\) /);
  });

  test.each<[Duration, string]>([
    [{ seconds: 1.001 }, '2020-03-01T10:20:31.001Z'],
    [{ seconds: 4.35 }, '2020-03-01T10:20:34.350Z'],
    [{ days: 1 / 7 }, '2020-03-01T13:46:12.857Z'],
    [{ milliseconds: 0.4 }, start],
  ])('%j is rounded to a whole millisecond', (duration, now) => {
    const { clock } = createWorld();
    clock.advance(duration);
    expect(clock.now().toISOString()).toBe(now);
  });

  test('a running clock continues from there, and run() sets it back to the machine', () => {
    const { clock } = createEmulator();
    const day = 86_400_000;
    const before = clock.now().getTime();
    clock.advance({ days: 2 });
    clock.advance({ days: -1 });
    const ahead = clock.now().getTime() - before;
    expect(ahead).toBeGreaterThanOrEqual(day);
    expect(ahead).toBeLessThan(day + 60_000);
    clock.run();
    expect(clock.now().getTime() - before).toBeLessThan(60_000);
  });
});

describe('run', () => {
  test('makes a stopped clock follow the machine', () => {
    const { clock } = createWorld();
    clock.run();
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(60_000);
  });
});

describe("a jump of the machine's time", () => {
  const start = Date.parse('2020-03-01T10:00:00Z');
  const hours = 3_600_000;

  test.each([2 * hours, -2 * hours])('by %i ms moves a running clock, and not a stopped one', (jump) => {
    let machine = start;
    const clock = new Clock(undefined, () => machine);
    const control = controlClock(clock);
    control.advance({ hours: 1 });
    machine += jump;
    expect(clock.now()).toBe(start + hours + jump);
    control.set('2017-07-10');
    machine += jump;
    expect(control.now().toISOString()).toBe('2017-07-10T00:00:00.000Z');
    control.run();
    expect(clock.now()).toBe(start + 2 * jump);
  });
});

describe("the machine's time is the real time", () => {
  const now = () => performance.timeOrigin + performance.now();
  /** Modules that are loaded anew, as in a suite that has replaced the time before it loads the package. */
  const loaded = () => {
    let clock: Clock | undefined;
    jest.isolateModules(() => {
      const { Clock: Anew } = jest.requireActual<typeof import('../../src/state/clock.ts')>('../../src/state/clock.ts');
      clock = new Anew();
    });
    return clock?.now() ?? 0;
  };
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test.each<[string, () => void]>([
    ['nothing is replaced', () => undefined],
    ['fake timers replace Date', () => jest.useFakeTimers({ now: 0 })],
    ['a test replaces Date.now', () => jest.spyOn(Date, 'now').mockReturnValue(0)],
  ])('if %s before or after the package is loaded', (_, replace) => {
    const before = new Clock();
    replace();
    expect(Math.abs(before.now() - now())).toBeLessThan(600_000);
    expect(Math.abs(loaded() - now())).toBeLessThan(600_000);
  });
});

describe('the clock sets', () => {
  test('dates, request ids, the header Date and the journal', async () => {
    const emulator = createWorld();
    const platform = connect(emulator);
    emulator.clock.set('2031-05-06T23:59:59.999Z');
    const user = { firstName: 'A', lastName: 'B', email: 'a@b.c', password: 'pw' };
    const created = await platform.post('/accounts/110/users', user);
    expect(created.status).toBe(200);
    expect(created.body).toMatchObject({ createdDate: '2031-05-06', lastLoginDate: '1970-01-01' });
    const seconds = Math.floor(Date.parse('2031-05-06T23:59:59Z') / 1000).toString(16);
    expect(created.headers).toMatchObject({
      date: 'Tue, 06 May 2031 23:59:59 GMT',
      'elements-request-id': expect.stringMatching(new RegExp(`^${seconds}[0-9a-f]{16}$`)),
    });
    expect(emulator.requests.last()).toMatchObject({ at: '2031-05-06T23:59:59.999Z' });

    emulator.clock.advance({ milliseconds: 1 });
    const account = await platform.post('/accounts', { externalId: 'next-day' });
    expect(account.status).toBe(200);
    const { status, body } = await platform.get(`/accounts/${account.body.id}`);
    expect({ status, createdDate: body.createdDate }).toEqual({ status: 200, createdDate: '2031-05-07' });
    const refusal = await connect(emulator, 'nonsense').get('/accounts');
    expect(refusal.status).toBe(401);
    expect(refusal.body.requestId).toBe(refusal.headers['elements-request-id']);
    expect(refusal.body.requestId.slice(0, 8)).toBe((Number.parseInt(seconds, 16) + 1).toString(16));
  });

  test('request ids before 1970, which still have eight digits', async () => {
    const emulator = createWorld();
    emulator.clock.set('1960-01-01');
    const { status, headers } = await connect(emulator).get('/organizations/me');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      date: 'Fri, 01 Jan 1960 00:00:00 GMT',
      'elements-request-id': expect.stringMatching(/^[0-9a-f]{24}$/),
    });
  });

  test('the time by which requests are searched', async () => {
    const emulator = createWorld();
    emulator.clock.set('2031-05-06');
    await connect(emulator).post('/accounts', { externalId: 'x' });
    const { status, body } = await connect(emulator).get("/accounts?where=createdDate>'2031-01-01'");
    expect(status).toBe(200);
    expect(body).toMatchObject([{ externalId: 'x', createdDate: '2031-05-06' }]);
  });
});

describe('under fake timers of all kinds', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test('the clock runs, delays end, requests are answered, and reset() and close() finish', async () => {
    jest.useFakeTimers({ now: 0 });
    const emulator = await startEmulator({ fixture: world });
    const headers = { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' };
    emulator.faults.add({ delayMs: 20, times: 1 });
    const answer = await fetch(`${emulator.baseUrl}/accounts`, {
      method: 'POST',
      headers,
      body: '{"externalId": "x"}',
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ externalId: 'x' });
    expect(emulator.requests.last()?.duration).toBeGreaterThanOrEqual(19);
    expect(emulator.clock.now().getTime()).toBeGreaterThan(Date.parse('2024-01-01'));
    await emulator.reset();
    expect(emulator.requests.length).toBe(0);
    await emulator.close();
  });
});
