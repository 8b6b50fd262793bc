import { type Bench, expectEnvelope, expectHealthy, openBench, spent, templates } from './bench.ts';

/** Input within a request that HTTP has no fault to find with. */

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  try {
    await expectHealthy(bench);
  } finally {
    await bench.close();
  }
});

const limit = 1024 * 1024;
const post = (body: string | Buffer, isChunked = false) => bench.send('POST', '/accounts', { body, isChunked });
const where = (text: string, list = '/accounts') => bench.send('GET', `${list}?where=${encodeURIComponent(text)}`);

describe('size and depth', () => {
  test.each([false, true])('of a body, in chunks: %p', async (isChunked) => {
    const padded = (size: number) => `{"externalId":"x"}`.padEnd(size);
    expect((await post(padded(limit), isChunked)).status).toBe(200);
    const answer = await post(padded(limit + 1), isChunked);
    expect(answer.status).toBe(413);
    expectEnvelope(answer, `The body is larger than ${limit} bytes.`);
  });

  const nested = (open: string, close: string) => (n: number) => `${open.repeat(n)}1${close.repeat(n)}`;
  test.each([
    ['lists', nested('[', ']')],
    ['objects', nested('{"a":', '}')],
  ])('of nested %s', async (_what, body) => {
    expectEnvelope(await post(`{"x":${body(99)}}`), 'Missing required field: externalId.');
    for (const n of [100, 101, 3000, 100_000]) {
      const answer = await post(`{"x":${body(n)}}`);
      expect(answer.status).toBe(400);
      expectEnvelope(answer, 'The body is nested deeper than 100 levels.');
    }
  });

  test('of a list of many', async () => {
    const body = JSON.stringify({ externalId: 'x', x: Array.from({ length: 200_000 }, () => []) });
    expect((await post(body)).status).toBe(200);
    const roles = JSON.stringify({ roles: Array.from({ length: 50_000 }, () => ({ key: 'admin' })) });
    expect((await bench.send('PATCH', '/accounts/110/users/1101', { body: roles })).status).toBe(200);
    expect(bench.subject.state.users.get(1101)?.roles).toEqual(['admin']);
  });

  test('of where: 8,192 characters at most', async () => {
    const right = `name='${'x'.repeat(8192 - 7)}'`;
    expect((await bench.send('GET', `/accounts?where=${right}`)).status).toBe(200);
    const answer = await bench.send('GET', `/accounts?where=${right.replace('x', 'xx')}`);
    expect(answer.status).toBe(400);
    expectEnvelope(answer, expect.stringContaining('8192'));
  });

  test.each([
    ['(', ')'],
    ['NOT (', ')'],
    ['not(', ')'],
    ['(id=1 or ', ')'],
    ['(id=1) and (', ')'],
  ])('of where: groups in %s', async (open, close) => {
    const deep = (n: number) =>
      bench.send('GET', `/accounts?where=${encodeURIComponent(open.repeat(n))}id=1${close.repeat(n)}`);
    expect((await deep(50)).status).toBe(200);
    for (const n of [51, 500]) {
      const answer = await deep(n);
      expect(answer.status).toBe(400);
      expectEnvelope(answer, expect.stringContaining('nest deeper than 50'));
    }
  });

  test.each([
    ['(', 2000],
    ['NOT ', 1500],
    ["'", 2000],
    ["''", 1000],
    ['’ ', 600],
    ['`', 2000],
    ['id=1 and ', 500],
    ['id in (', 600],
    ["name like '%", 500],
    [' ', 5000],
  ])('of where: many repetitions of %s are refused at once', async (text, times) => {
    const answer = await where(`x${text.repeat(times)}`);
    expect(answer.status).toBe(400);
    expectEnvelope(answer);
  });

  test.each(['5001', '-1', '0', '1e3', '9'.repeat(1000), 'Infinity', '٣'])(
    'of a page: pageSize=%s is refused',
    async (size) => {
      const answer = await bench.send('GET', `/accounts?pageSize=${encodeURIComponent(size)}`);
      expect(answer.status).toBe(400);
      expectEnvelope(answer, `Parameter 'pageSize' must be a whole number from 1 to 5000, not '${size}'.`);
    },
  );
});

describe('unusual characters', () => {
  const odd = ['\0', 'a\0b', '\ud800', 'a\udc00b', '\ufeffx', '\u2028x', '__proto__', 'constructor', '%00', '\\u0000'];

  test.each(odd)('%j stays the same in every field', async (text) => {
    const email = /\s/.test(text) ? 'odd@a.b' : `${text}@a.b`;
    const user = { firstName: text, lastName: text, email, password: 'unlike', city: text, username: text };
    const created = await bench.send('POST', '/organizations/users', { body: JSON.stringify(user) });
    expect(created.status).toBe(200);
    const { password, ...shown } = user;
    expect(JSON.parse(created.text)).toMatchObject(shown);
    const login = JSON.stringify({ username: user.email, password });
    expect((await bench.send('POST', '/authentication', { body: login })).status).toBe(200);
    const account = { externalId: text, name: text, description: text };
    expect(JSON.parse((await post(JSON.stringify(account))).text)).toMatchObject(account);
    expect((await bench.send('PUT', '/organizations/me', { body: JSON.stringify({ name: text }) })).status).toBe(200);
    expect(JSON.parse((await bench.send('GET', '/organizations/me')).text)).toMatchObject({ name: text });
  });

  test.each(['\0', '\ufeff', '__proto__', 'constructor', '’', '%', '%00', '\\'])('where finds %j', async (text) => {
    await post(JSON.stringify({ externalId: `<${text}>` }));
    const answer = await where(`externalId='<${text}>' and name LIKE '<%'`);
    expect(JSON.parse(answer.text)).toMatchObject([{ externalId: `<${text}>` }]);
  });

  test.each([
    '%',
    '%2',
    '%2F',
    '%00',
    '%ff',
    '%zz',
    '%25',
    '%2e%2e',
    '..',
    '__proto__',
    'constructor',
    '%ED%A0%80',
    '\\',
    ';',
    '%0d%0a',
  ])('in a path: %s', async (segment) => {
    for (const path of templates(() => segment).filter((each) => each.includes(segment))) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await bench.send(method, path, method === 'GET' ? {} : { body: 'null' });
        if (answer.status !== 200) {
          expect([400, 404, 405]).toContain(answer.status);
          expectEnvelope(answer);
        }
      }
    }
  });

  test.each([
    ['a byte order mark', '\ufeff{"externalId":"bom"}', 200],
    ['a byte order mark alone', '\ufeff', 400],
    ['a name twice: the last counts', '{"externalId":1,"externalId":"last"}', 200],
    ['__proto__', '{"__proto__":{"externalId":"x","polluted":true}}', 400],
    ['constructor', '{"constructor":{"prototype":{"polluted":true}}}', 400],
    ['bytes that are no UTF-8', Buffer.from('7b2265787465726e616c4964223a22ff227d', 'hex'), 400],
    ['UTF-16', Buffer.from('{"externalId":"x"}', 'utf16le'), 400],
  ])('in a body: %s', async (_what, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    if (status !== 200) expectEnvelope(answer);
  });
});

describe('time grows linearly with the length of input', () => {
  /** Sends something that a patient attacker would, and sees what it takes of the processor. */
  async function inTime(action: () => Promise<{ status: number }>, status: number): Promise<void> {
    const before = spent();
    const answer = await action();
    expect(answer.status).toBe(status);
    expect(spent() - before).toBeLessThan(1500);
  }
  const long = 'a'.repeat(limit - 100);

  test.each([
    ['2,000 wildcards', `%${'a%'.repeat(2000)}b`],
    ['wildcards between words', `%${'ab%'.repeat(1300)}`],
    ['one long word', `%${'a'.repeat(4000)}%`],
    ['a word that almost occurs', `%${'a'.repeat(7000)}b%`],
    ['a word that almost occurs, compared from its end', `%b${'a'.repeat(7000)}%`],
    ['a word that almost occurs, compared from both ends', `%${'a'.repeat(4000)}b${'a'.repeat(4000)}%`],
  ])('LIKE: %s in a text of 1 MB', async (_what, pattern) => {
    await post(JSON.stringify({ externalId: 'long', name: long }));
    await inTime(() => where(`externalId='long' AND name LIKE '${pattern}'`), 200);
  });

  test('a name of many words', async () => {
    const user = { firstName: 'a '.repeat(limit / 2 - 100), lastName: 'b', email: 'long@a.b' };
    expect((await bench.send('POST', '/organizations/users', { body: JSON.stringify(user) })).status).toBe(200);
    await inTime(
      () => where(`email='long@a.b' and (name='x'${" or name='x'".repeat(100)})`, '/organizations/users'),
      404,
    );
  });

  test.each(['.', '!', '?', ':', '/', '%'])('a message that quotes many %s', async (text) => {
    const key = `${text.repeat(60_000)}x`;
    await inTime(
      () => bench.send('PATCH', '/accounts/110/users/1101', { body: JSON.stringify({ roles: [{ key }] }) }),
      400,
    );
  });

  test('a message that quotes many words, next to as many passwords', async () => {
    const passwords = Array.from({ length: 10_000 }, (_, n) => [`${n}password`, `word${n}`]);
    const key = Array.from({ length: 20_000 }, (_, n) => `key${n}`).join(' ');
    const body = JSON.stringify({ ...Object.fromEntries(passwords), roles: [{ key }] });
    await inTime(() => bench.send('PATCH', '/accounts/110/users/1101', { body }), 400);
  });

  test('a password of many symbols, with many allowed symbols', async () => {
    const policy = (count: number) => JSON.stringify({ symbolCharacterSet: `${'#'.repeat(count)}!` });
    const put = (body: string) => bench.send('PUT', '/organizations/password-policies', { body });
    expect((await put(policy(1000))).status).toBe(400);
    expect((await put(policy(999))).status).toBe(200);
    const body = JSON.stringify({ password: `aB1${'!'.repeat(900_000)}` });
    await inTime(() => bench.send('PATCH', '/accounts/110/users/1101', { body }), 200);
  });

  test.each(['?', '.:?!', '!', '/', '%2e', '.'])('a URL of many %s', async (text) => {
    const path = `/organizations/me?x=${text.repeat(Math.floor(15_000 / text.length))}x`;
    await inTime(() => bench.send('GET', path), 200);
  });
});
