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
  ['typed', { 'Sec-Fetch-Site': 'none', ...visit }],
  [
    'followed from a page of another site, in other letters',
    { 'Sec-Fetch-Site': 'Cross-Site', 'Sec-Fetch-Mode': 'Navigate', 'Sec-Fetch-Dest': 'Document' },
  ],
  ['followed from a page of another site', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
])('its address is %s', async (_how, headers) => {
  for (const path of ['', '/']) expect((await get(path, headers)).status).toBe(200);
});

test.each([
  ['in a frame of another site', '', { 'Sec-Fetch-Site': 'cross-site', ...visit, 'Sec-Fetch-Dest': 'iframe' }],
  ['as an image of another site', '', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
  ['under another name', '', { Host: 'evil.example', ...visit }],
  ['for another origin', '', { Origin: 'http://evil.example', ...visit }],
  ['as an image, in other letters', '', { 'Sec-Fetch-Site': 'Cross-Site', 'Sec-Fetch-Mode': 'No-Cors' }],
  ['an endpoint that tells secrets, in other letters', '/credentials', { 'Sec-Fetch-Site': 'CROSS-SITE', ...visit }],
  ['its script by another site', '/app.js', { 'Sec-Fetch-Site': 'cross-site' }],
  ['an endpoint that tells secrets, by a link', '/credentials', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
  ['a change, by a link', '/events', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
])('%s is 403', async (_what, path, headers) => {
  expect((await get(path, headers)).status).toBe(403);
});

describe('the address alone', () => {
  const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
  const root = (headers: Record<string, string> = {}, method = 'GET', path = '/') =>
    sendRaw(emulator, { base: '', path, method, headers });

  afterEach(() => emulator.requests.clear());

  test('leads a browser to it, and leaves no trace in the journal', async () => {
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
    ['without an Accept', {}, 'GET'],
    ['that takes anything', { Accept: '*/*' }, 'GET'],
    ['of axios', { Accept: 'application/json, text/plain, */*' }, 'GET'],
    ['that prefers JSON', { Accept: 'text/html;q=0.5, application/json' }, 'GET'],
    ['that takes neither', { Accept: 'image/png' }, 'GET'],
    ['that changes something', browser, 'POST'],
  ])('is nothing for a request %s', async (_what, headers, method) => {
    const message = 'There is nothing at /: the platform is at /elements/api-v2, the emulator at /__emulator.';
    expect(await root(headers, method)).toMatchObject(refused(404, message));
    expect(emulator.requests.all()).toHaveLength(1);
  });

  test.each([
    ['under another name', { Host: 'evil.example' }],
    ['for another origin', { Origin: 'http://evil.example' }],
    ['in a frame of another site', { 'Sec-Fetch-Site': 'cross-site', ...visit, 'Sec-Fetch-Dest': 'iframe' }],
  ])('%s is 403, as the page is', async (_what, headers) => {
    expect((await root({ ...browser, ...headers })).status).toBe(403);
  });
});

test('without a build it says what to do', async () => {
  const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
  reads.mockRejectedValue(missing);
  const { status, body } = await sendRaw(emulator, { base, path: '/' });
  expect({ status, body }).toEqual(
    refused(
      404,
      expect.stringMatching(/^The files of the sandbox page are not beside .* run `npm run build`; .* external\.$/),
    ),
  );
});

test('what is built is sent with its type, and a policy that lets nothing else run', async () => {
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

test('a file that cannot be read is a fault of the emulator, and told as one', async () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  reads.mockRejectedValue(denied);
  expect((await sendRaw(emulator, { base, path: '/app.js' })).status).toBe(500);
  expect(written).toHaveBeenCalledWith(expect.stringContaining('EACCES'));
  written.mockRestore();
});

test('nothing else is served beside it', async () => {
  for (const path of ['/index.html', '/app.js.map', '/../package.json', '/..%2f..%2fpackage.json']) {
    expect((await sendRaw(emulator, { base, path })).status).toBe(404);
  }
});
