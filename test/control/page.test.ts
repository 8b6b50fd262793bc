import promises from 'node:fs/promises';
import { sendRaw } from '../http/raw.ts';
import { refused } from '../platform/answers.ts';
import { createWorld } from '../support/world.ts';

const base = '/__emulator';
const emulator = createWorld();
const visit = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
const get = (path: string, headers: Record<string, string> = {}) => sendRaw(emulator, { base, path, headers });

let reads: jest.SpiedFunction<typeof promises.readFile>;
beforeEach(() => {
  // Whether there is a build or not; a text that is JSON, because all other answers are.
  reads = jest.spyOn(promises, 'readFile').mockResolvedValue('"as it is built"');
});
afterEach(() => reads.mockRestore());

test.each([
  ['opened by its address', { 'Sec-Fetch-Site': 'none', ...visit }],
  [
    'opened by a link of another site, with headers in another case of letters',
    { 'Sec-Fetch-Site': 'Cross-Site', 'Sec-Fetch-Mode': 'Navigate', 'Sec-Fetch-Dest': 'Document' },
  ],
  ['opened by a link of another site', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
])('the page can be %s', async (_how, headers) => {
  for (const path of ['', '/']) expect((await get(path, headers)).status).toBe(200);
});

test.each([
  ['the page in a frame of another site', '', { 'Sec-Fetch-Site': 'cross-site', ...visit, 'Sec-Fetch-Dest': 'iframe' }],
  ['the page as an image of another site', '', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
  ['the page under another host name', '', { Host: 'evil.example', ...visit }],
  ['the page for another origin', '', { Origin: 'http://evil.example', ...visit }],
  [
    'the page as an image, with headers in another case of letters',
    '',
    { 'Sec-Fetch-Site': 'Cross-Site', 'Sec-Fetch-Mode': 'No-Cors' },
  ],
  [
    'an endpoint with secrets, with headers in another case of letters',
    '/credentials',
    { 'Sec-Fetch-Site': 'CROSS-SITE', ...visit },
  ],
  ['the script of the page for another site', '/app.js', { 'Sec-Fetch-Site': 'cross-site' }],
  ['an endpoint with secrets, by a link', '/credentials', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
  ['the events, by a link', '/events', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
])('%s is refused with 403', async (_what, path, headers) => {
  expect((await get(path, headers)).status).toBe(403);
});

describe('the address without a path', () => {
  const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
  const root = (headers: Record<string, string> = {}, method = 'GET', path = '/') =>
    sendRaw(emulator, { base: '', path, method, headers });

  afterEach(() => emulator.requests.clear());

  test('redirects a browser to the page and is not in the journal', async () => {
    for (const path of ['/', '//', '/?a=b']) {
      expect(await root({ ...browser, ...visit }, 'GET', path)).toMatchObject({
        status: 302,
        headers: { location: '/__emulator/', vary: 'Accept', 'cache-control': 'no-store' },
      });
    }
    expect((await root(browser, 'HEAD')).status).toBe(302);
    const link = { ...browser, ...visit, 'Sec-Fetch-Site': 'cross-site' };
    expect((await root(link)).status).toBe(302);
    expect(emulator.requests.all()).toEqual([]);
  });

  test.each([
    ['without Accept', {}, 'GET'],
    ['that accepts anything', { Accept: '*/*' }, 'GET'],
    ['of axios', { Accept: 'application/json, text/plain, */*' }, 'GET'],
    ['that prefers JSON', { Accept: 'text/html;q=0.5, application/json' }, 'GET'],
    ['that accepts neither', { Accept: 'image/png' }, 'GET'],
    ['with another method', browser, 'POST'],
  ])('answers 404 to a request %s', async (_what, headers, method) => {
    const message = 'There is nothing at /: the platform is at /elements/api-v2, the emulator at /__emulator.';
    expect(await root(headers, method)).toMatchObject(refused(404, message));
    expect(emulator.requests.all()).toHaveLength(1);
  });

  test.each([
    ['the page under another host name', { Host: 'evil.example' }],
    ['the page for another origin', { Origin: 'http://evil.example' }],
    ['the page in a frame of another site', { 'Sec-Fetch-Site': 'cross-site', ...visit, 'Sec-Fetch-Dest': 'iframe' }],
  ])('is refused with 403, as is %s', async (_what, headers) => {
    expect((await root({ ...browser, ...headers })).status).toBe(403);
  });
});

test('an emulator without a build says what to do', async () => {
  const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
  reads.mockRejectedValue(missing);
  const { status, body } = await sendRaw(emulator, { base, path: '/' });
  expect({ status, body }).toEqual(
    refused(
      404,
      expect.stringMatching(/^The files of the sandbox page are not next to .* run `npm run build`; .* external\.$/),
    ),
  );
});

test('a built file is sent with its type and a policy that lets nothing else run', async () => {
  for (const [path, type] of [
    ['', 'text/html; charset=utf-8'],
    ['/app.js', 'text/javascript; charset=utf-8'],
    ['/app.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ] as const) {
    const { status, headers, text } = await sendRaw(emulator, { base, path });
    expect({ status, text, type: headers['content-type'] }).toEqual({ status: 200, text: '"as it is built"', type });
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/,
      ),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    });
  }
  expect(emulator.requests.all()).toEqual([]);
});

test('a file that cannot be read is reported as an error of the emulator', async () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  reads.mockRejectedValue(denied);
  expect((await sendRaw(emulator, { base, path: '/app.js' })).status).toBe(500);
  expect(written).toHaveBeenCalledWith(expect.stringContaining('EACCES'));
  written.mockRestore();
});

test('no other file is served', async () => {
  for (const path of ['/index.html', '/app.js.map', '/../package.json', '/..%2f..%2fpackage.json']) {
    expect((await sendRaw(emulator, { base, path })).status).toBe(404);
  }
});
