import { compileRouter, type Route } from '../../src/http/router.ts';

const table: Route[] = [
  { method: 'GET', path: '/organizations/{id}' },
  { method: 'GET', path: '/organizations/me' },
  { method: 'PUT', path: '/organizations/{id}' },
  { method: 'GET', path: '/users/{userId}/roles/{key}' },
  { method: 'GET', path: '/users/1/{name}/x' },
];
const router = compileRouter(table, ': see the list', ['OPTIONS']);

test.each<[path: string, row: string | undefined, parameters: Record<string, string> | undefined]>([
  ['/organizations/me', '/organizations/me', {}],
  ['/organizations/7', '/organizations/{id}', { id: '7' }],
  ['/organizations/%6de', '/organizations/me', {}],
  ['/organizations/a%2Fb', '/organizations/{id}', { id: 'a/b' }],
  ['/organizations/%2525', '/organizations/{id}', { id: '%25' }],
  ['//organizations//7/', '/organizations/{id}', { id: '7' }],
  ['/organizations/7#part', '/organizations/{id}', { id: '7' }],
  ['/users/1/roles/admin', '/users/{userId}/roles/{key}', { userId: '1', key: 'admin' }],
  ['/users/1/roles/x', '/users/1/{name}/x', { name: 'roles' }],
  ['/organizations/%zz', undefined, undefined],
  ['/organizations', undefined, undefined],
  ['/organizations/7/x', undefined, undefined],
  ['/Organizations/me', undefined, undefined],
  ['*', undefined, undefined],
])('the path %s matches the row %s', (path, row, parameters) => {
  const match = router.match('GET', path);
  expect([match?.route.path, match?.parameters]).toEqual([row, parameters]);
});

test('HEAD matches the row of GET, and an unknown method none', () => {
  expect(['HEAD', 'POST', 'LINK'].map((method) => router.match(method, '/organizations/me')?.route.path)).toEqual([
    '/organizations/me',
    undefined,
    undefined,
  ]);
});

test('a path with other methods is answered with 405, an unknown path with 404', () => {
  const { status, message } = router.mismatch('POST', '/organizations/7');
  expect([status, message]).toEqual([405, 'POST is not allowed on /organizations/7, only GET, HEAD, PUT, OPTIONS.']);
  expect(router.mismatch('POST', '/organization').message).toBe('There is nothing at /organization: see the list.');
  expect(router.allowed('/organization')).toEqual([]);
});
