import { checkKnownPath } from '../../src/platform/known-paths.ts';
import { operations } from '../../src/platform/operations.ts';
import { request } from '../support/client.ts';
import '../../src/testing/jest.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { refused, seen } from './answers.ts';

const createWorld = reuseWorlds();

const meant = (path: string) => `did you mean '${path}'?`;
const nothingNear =
  'docs/operations.md lists all paths, which begin below /elements/api-v2; a pattern that ends in * is not checked.';

describe('a pattern without wildcards is refused if the platform does not have its path', () => {
  test.each([
    ['/acounts', meant('/accounts')],
    ['acounts', meant('/accounts')],
    ['/elements/api-v2/acounts', meant('/accounts')],
    ['/Accounts', meant('/accounts')],
    ['/account', meant('/accounts')],
    ['/acounts/3780', meant('/accounts/3780')],
    ['/accounts/3780/usres', meant('/accounts/3780/users')],
    ['/accounts/{id}/usres/{userId}', meant('/accounts/{id}/users/{userId}')],
    ['/organizations/usres/jane@acmedata.com', meant('/organizations/users/jane@acmedata.com')],
    ['/organizations/mee', meant('/organizations/me')],
    ['/accounts/{id}/', undefined],
    ['/accounts/{id}/users/{userId}/none', meant('/accounts/{id}/users/{userId}')],
    ['/nowhere', nothingNear],
    ['/', nothingNear],
  ])('%s', async (path, hint) => {
    const emulator = createWorld();
    const uses: (() => unknown)[] = [
      () => emulator.faults.add({ path, status: 503 }),
      () => emulator.requests.filter({ path }),
      () => emulator.requests.find({ path }),
      () => emulator.requests.last({ path }),
      () => expect(emulator).not.toHaveReceived({ path }),
      ...(path.startsWith('/') ? [() => expect(emulator).not.toHaveReceived(`GET ${path}`)] : []),
    ];
    const overHttp = () => request(emulator.app).post('/__emulator/faults').send({ path, status: 503 });
    if (hint === undefined) {
      for (const use of uses) use();
      expect((await overHttp()).status).toBe(200);
      return;
    }
    const message = `The platform has no path '${path}': ${hint}`;
    for (const use of uses) expect(use).toThrow(new Error(message));
    expect(seen(await overHttp())).toEqual(refused(400, message));
    expect(emulator.faults.list()).toEqual([]);
  });
});

test.each([...new Set(operations.map(({ path }) => path))])(
  '%s is a known path, with ids in place of its parameters too',
  (path) => {
    expect(checkKnownPath(path)).toBeUndefined();
    expect(checkKnownPath(path.replace(/\{\w+\}/g, '{other}'))).toBeUndefined();
    expect(checkKnownPath(path.replace(/\{\w+\}/g, '3780'))).toBeUndefined();
  },
);

test.each([
  '/acounts*',
  '/acounts/*',
  '*',
  '/elements/api-v2/*',
  '/instances',
  '/instances/{id}/objects/{name}',
  '/elements/sfdc',
  '/elements/api-v2/elements/sfdc',
  '/accounts/instances',
  '/accounts/{id}/instances',
  '/organizations/{id}/elements',
  '/users/{id}/formulas',
  '/accounts/110/users/jane%40acmedata.com',
  '/accounts/not-a-number',
  '/{resource}/{id}',
])('%s is accepted', (path) => {
  const emulator = createWorld();
  expect(emulator.faults.add({ path, status: 503 })).toBe(1);
  expect(emulator).not.toHaveReceived({ path });
});

test('a caller can add known paths', () => {
  expect(() => checkKnownPath('/widgets/7')).toThrow("no path '/widgets/7'");
  expect(checkKnownPath('/widgets/7', ['/widgets/{id}'])).toBeUndefined();
  expect(() => checkKnownPath('/wigdets/7', ['/widgets/{id}'])).toThrow(meant('/widgets/7'));
});

test.each([
  ['/elements/api-v2', "Path pattern '/elements/api-v2' has only the base path: write /* for all paths below it."],
  [
    'http://127.0.0.1/elements/api-v2/accounts',
    "Path pattern 'http://127.0.0.1/elements/api-v2/accounts' has a scheme and host, which do not belong to a path.",
  ],
])('%s is refused, because it is not a path below the base path', (path, message) => {
  const emulator = createWorld();
  expect(() => emulator.faults.add({ path, status: 503 })).toThrow(new Error(message));
  expect(() => expect(emulator).not.toHaveReceived({ path })).toThrow(new Error(message));
});

test.each([
  ['getAcounts', "'getAcounts' is not a request pattern: did you mean 'getAccounts'?"],
  [{ operationId: 'getAcounts' } as never, "There is no operation 'getAcounts': did you mean 'getAccounts'?"],
])('a matcher suggests the operationId for %j', (pattern, message) => {
  const emulator = createWorld();
  expect(() => expect(emulator).not.toHaveReceived(pattern)).toThrow(new Error(message));
  expect(() => emulator.requests.filter(pattern)).toThrow(new Error(message));
});
