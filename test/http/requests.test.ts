import { type Answer, empty, ok, refused, seen } from '../platform/answers.ts';
import { type Sample, samples, templates } from '../platform/samples.ts';
import { connect, envelope } from '../support/client.ts';
import { expectRows } from '../support/rows.ts';
import { createWorld } from '../support/world.ts';
import { sendRaw } from './raw.ts';

/** The paths of a sample with one of its parameters replaced by `value`; the words before it say of what kind it is. */
function pathsWith(
  sample: Sample,
  value: string,
  parameters = /\{(?:id|accountId|userId|emailOrId)\}/,
): [string, string][] {
  const names = sample.operation.path.split('/');
  const parts = sample.path.split('/');
  return names.flatMap((name, at): [string, string][] =>
    parameters.test(name) ? [[parts.with(at, value).join('/'), (names[at - 1] ?? '').replace(/s$/, '')]] : [],
  );
}

// Nothing here changes anything, so that one emulator is enough.
const emulator = createWorld();

const call = ({ verb, body }: Sample, path: string) => {
  const test = connect(emulator).call(verb, path);
  return body === undefined ? test : test.send(body);
};

describe('ids in a path', () => {
  const withId = (parameters?: RegExp) => samples.filter((sample) => pathsWith(sample, '0', parameters).length > 0);

  test.each(withId())(
    '$operationId answers 404 for an id that is unknown or of another organization',
    async (sample) => {
      const ids = ['999', '2000', '200', '0', '9007199254740991'];
      const unknown = ids.flatMap((id) => pathsWith(sample, id).map(([path, kind]) => ({ path, kind, id })));
      await expectRows(
        unknown.map(({ path, kind, id }) => {
          // Of roles, and there alone, the platform tells that an id is another organization's.
          const isForeign = /\/roles/.test(path) && id === (kind === 'user' ? '2000' : '200') && kind !== 'role';
          const foreign = `${kind === 'user' ? 'User' : 'Account'} ${id} is of another organization.`;
          const expected = isForeign ? refused(403, foreign) : refused(404, `No ${kind} found with ID ${id}`);
          return [path, async () => seen(await call(sample, path)), expected];
        }),
      );
    },
  );

  test.each([
    ['get', '/accounts/99999999999999999999999', 'No account found with ID 99999999999999999999999'],
    ['get', '/accounts/9007199254740993/users', 'No account found with ID 9007199254740993'],
    ['get', '/accounts/110/users/99999999999999999999999', 'No user found with ID 99999999999999999999999'],
    ['delete', '/accounts/110/users/99999999999999999999999', 'No user found with ID 99999999999999999999999'],
    ['delete', '/organizations/users/99999999999999999999999', 'No user found with ID 99999999999999999999999'],
    ['delete', '/accounts/110/users/-5', 'No user found with ID -5'],
    ['delete', '/organizations/users/-5', 'No user found with ID -5'],
    ['delete', '/accounts/-5', 'No account found with ID -5'],
  ] as const)(
    '%s %s: an integer that no id can be is unknown, and told as it was written',
    async (verb, path, message) => {
      expect(seen(await connect(emulator).call(verb, path))).toEqual(refused(404, message));
    },
  );

  const integer = /\{(?:id|accountId|userId)\}/;
  test.each(withId(integer))('$operationId answers 400 for an id that is no integer', async (sample) => {
    const values = ['abc', '1.5', '1e3', '0x6e', '%20', '110,120', '-'];
    const malformed = values.flatMap((value) => pathsWith(sample, value, integer).map(([path]) => ({ path, value })));
    await expectRows(
      malformed.map(({ path, value }) => {
        const isSecond = /^\/(accounts\/110|organizations\/10)\//.test(path);
        const name = isSecond ? (path.startsWith('/accounts') ? 'userId' : 'accountId') : 'id';
        const message = `Path parameter '${name}' must be an integer, not '${decodeURIComponent(value)}'.`;
        return [path, async () => seen(await call(sample, path)), refused(400, message)];
      }),
    );
  });

  test.each([
    ['/accounts/110/users/1200', 'No user found with ID 1200'],
    ['/accounts/110/users/admin@there.example', 'No user found with email admin@there.example'],
    ['/accounts/110/users/administrator@twenty.example', 'No user found with email administrator@twenty.example'],
    ['/organizations/users/administrator@twenty.example', 'No user found with email administrator@twenty.example'],
    ['/organizations/users/nobody', 'No user found with email nobody'],
    ['/organizations/users/__proto__', 'No user found with email __proto__'],
  ])('GET %s: who does not exist there is 404', async (path, message) => {
    expect(seen(await connect(emulator).get(path))).toEqual(refused(404, message));
  });

  test.each(['a', '%F0%9F%98%80'])('an over-long email of %s is no failure', async (letter) => {
    for (const length of [60, 254, 300, 801, 1200]) {
      const answer = await sendRaw(emulator, { path: `/organizations/users/${letter.repeat(length)}@x.example` });
      expect([length, answer.status, answer.body]).toEqual([length, 404, envelope(expect.any(String))]);
    }
  });
});

describe('verbs', () => {
  const verbs = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
  const allowOf = (methods: string[]) => [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
  const split = (header: unknown) => String(header).split(', ').sort();

  test.each(templates)('$path answers 405 to other verbs, and Allow has the known ones', async ({ path, methods }) => {
    const others = [...verbs, 'TRACE', 'PROPFIND'].filter((method) => !methods.includes(method));
    await expectRows(
      others.map((method) => [
        method,
        async () => {
          const { status, body, headers } = await sendRaw(emulator, { method, path });
          return { status, body, allow: split(headers.allow) };
        },
        {
          ...refused(405, expect.stringContaining(`${method} is not allowed on ${path}`)),
          allow: allowOf(methods),
        },
      ]),
    );
  });

  test.each(templates.filter(({ methods }) => methods.includes('GET')))(
    'HEAD $path answers as GET does, without a body',
    async ({ path }) => {
      const get = await sendRaw(emulator, { path });
      const head = await sendRaw(emulator, { method: 'HEAD', path });
      expect({ ...head, headers: comparable(head.headers) }).toEqual({
        status: 200,
        text: '',
        body: '',
        headers: comparable(get.headers),
      });
    },
  );

  test('HEAD of what is refused has the status alone', async () => {
    const answer = await sendRaw(emulator, { method: 'HEAD', path: '/accounts/999' });
    expect([answer.status, answer.text]).toEqual([404, '']);
  });

  test.each(templates)('OPTIONS $path is a preflight that needs no secrets', async ({ path, methods }) => {
    const answer = await sendRaw(emulator, {
      method: 'OPTIONS',
      path,
      headers: {
        Authorization: '',
        Origin: 'https://app.example',
        'Access-Control-Request-Method': 'PATCH',
        'Access-Control-Request-Headers': 'authorization, content-type, elements-user-password',
      },
    });
    expect(answer).toMatchObject(empty);
    expect(split(answer.headers.allow)).toEqual(allowOf(methods));
    expect(split(answer.headers['access-control-allow-methods'])).toEqual(allowOf(methods));
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-headers': 'authorization, content-type, elements-user-password',
    });
  });

  test('OPTIONS of an unknown path is 404', async () => {
    expect(await sendRaw(emulator, { method: 'OPTIONS', path: '/nowhere' })).toMatchObject(
      refused(404, expect.stringContaining('/nowhere')),
    );
  });
});

describe('paths', () => {
  test.each([
    '/nowhere',
    '/',
    '/account',
    '/accounts/110/user',
    '/accounts/110/users/1101/secret',
    '/organizations',
    '/organizations/you',
    '/Accounts',
    '/accounts/110/users/%zz',
    '/accounts/%',
    '/accounts/%E0%A4%A',
    '/accounts/110/users/a%2',
    '/organizations/users/%C0%AF',
    '/../accounts',
    '/accounts;v=1',
  ])('%s is 404 with the envelope', async (path) => {
    expect(await sendRaw(emulator, { path })).toMatchObject(refused(404, expect.stringContaining('nothing at')));
  });

  test.each(['/elements/api-v2', '/elements/api-v2/', '/elements//api-v2//?a=b'])(
    '%s is 404 and says what to add',
    async (path) => {
      const message = 'There is nothing at /elements/api-v2 itself: add a path, such as /accounts.';
      expect(await sendRaw(emulator, { base: '', path })).toMatchObject(refused(404, message));
    },
  );

  test.each([
    '/',
    '/elsewhere',
    '/accounts',
    '/elements',
    '/elements/api-v1/accounts',
    '/elements/api-v2x/accounts',
    '/%zz',
    '/__emulators',
  ])('%s, beside the base path, is 404 and says where it is', async (path) => {
    const message = `There is nothing at ${path}: the platform is at /elements/api-v2, the emulator at /__emulator.`;
    expect(await sendRaw(emulator, { base: '', path })).toMatchObject(refused(404, message));
  });

  test.each([
    '/accounts/110',
    '/accounts/110/',
    '/accounts//110',
    '//accounts/110',
    '//accounts///110//',
    '/accounts/110?',
    '/accounts/110/?where=%zz',
    '/accounts/%31%31%30',
    '/accounts/000110',
  ])('%s is account 110', async (path) => {
    expect(await sendRaw(emulator, { path })).toMatchObject(ok({ id: 110, name: 'Here' }));
  });

  test.each([
    '//elements/api-v2/accounts/110',
    '/elements//api-v2//accounts//110',
    '///elements///api-v2///accounts/110///',
  ])('%s is account 110', async (path) => {
    expect(await sendRaw(emulator, { base: '', path })).toMatchObject(ok({ id: 110, name: 'Here' }));
  });

  test.each([
    'user@here.example',
    'user%40here.example',
    'USER@Here.Example',
    'user%40HERE.EXAMPLE',
    'u%73er@here.example',
    '1101',
    'user@here.example/',
  ])('GET /organizations/users/%s is user 1101', async (name) => {
    expect(await sendRaw(emulator, { path: `/organizations/users/${name}` })).toMatchObject(ok({ id: 1101 }));
  });
});

describe('a path parameter may be as long as the URL', () => {
  const dots = '.'.repeat(12_000);
  const digits = '9'.repeat(12_000);
  test.each<[string, string, Answer]>([
    ['TRACE', `/users/${dots}`, refused(405, expect.stringContaining('TRACE is not allowed'))],
    ['TRACE', '/users/.', refused(405, expect.stringContaining('TRACE is not allowed'))],
    ['PUT', `/users/${dots}`, refused(405, expect.stringContaining('PUT is not allowed'))],
    ['POST', `/accounts/110/users/${dots}`, refused(405, expect.stringContaining('POST is not allowed'))],
    ['POST', `/accounts/${digits}`, refused(405, expect.stringContaining('POST is not allowed'))],
    ['GET', `/users/${dots}`, refused(404, `No user found with email ${dots}`)],
    ['GET', `/accounts/${digits}`, refused(404, `No account found with ID ${digits}`)],
    ['GET', `/accounts/110/users/${digits}`, refused(404, `No user found with ID ${digits}`)],
    ['GET', `/organizations/users/${dots}@x.example`, refused(404, `No user found with email ${dots}@x.example`)],
    ['GET', `/accounts/110/roles/${dots}`, refused(400, expect.stringContaining('is unknown'))],
    ['GET', `/accounts/${dots}`, refused(400, expect.stringContaining('must be an integer'))],
    ['GET', `/accounts/${dots}/instances`, refused(501, expect.stringContaining('not emulated'))],
    ['GET', `/users/1101/${dots}`, refused(404, expect.stringContaining('There is nothing at'))],
  ])('%s %.20s', async (method, path, expected) => {
    expect(await sendRaw(createWorld(), { method, path })).toMatchObject(expected);
  });
});

/** Request ids differ from one request to the next. */
function comparable({ 'elements-request-id': _id, ...headers }: Record<string, unknown>) {
  return headers;
}
