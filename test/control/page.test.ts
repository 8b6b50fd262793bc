import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sendRaw } from '../api/raw.ts';
import { createWorld } from '../support/world.ts';

const base = '/__emulator';
const emulator = createWorld();
const visit = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
const get = (path: string, headers: Record<string, string> = {}) =>
  sendRaw(emulator, { base, path, headers }).catch((error: unknown) => {
    // The page is no JSON.
    if (error instanceof SyntaxError) return { status: 200, body: undefined, headers: {}, text: '' };
    throw error;
  });
/** With a build it is the page, without one it says what to do: either way it was let in. */
const isLetIn = (status: number) => [200, 404].includes(status);

test.each([
  ['typed', { 'Sec-Fetch-Site': 'none', ...visit }],
  ['followed from a page of another site', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
])('its address is %s', async (_how, headers) => {
  for (const path of ['', '/']) expect(isLetIn((await get(path, headers)).status)).toBe(true);
});

test.each([
  ['in a frame of another site', '', { 'Sec-Fetch-Site': 'cross-site', ...visit, 'Sec-Fetch-Dest': 'iframe' }],
  ['as an image of another site', '', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
  ['under another name', '', { Host: 'evil.example', ...visit }],
  ['for another origin', '', { Origin: 'http://evil.example', ...visit }],
  ['its script by another site', '/app.js', { 'Sec-Fetch-Site': 'cross-site' }],
  ['an endpoint that tells secrets, by a link', '/credentials', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
  ['a change, by a link', '/events', { 'Sec-Fetch-Site': 'cross-site', ...visit }],
])('%s is 403', async (_what, path, headers) => {
  expect((await get(path, headers)).status).toBe(403);
});

test('run from the sources without a build it says what to do', async () => {
  if (existsSync(join(__dirname, '../../dist/sandbox/index.html'))) return;
  const { status, body } = await sendRaw(emulator, { base, path: '/' });
  expect({ status, message: Reflect.get(Object(body), 'message') }).toEqual({
    status: 404,
    message: 'The sandbox page has not been built: run `npm run build`, then load this page again.',
  });
});

test('nothing else is served beside it', async () => {
  for (const path of ['/index.html', '/app.js.map', '/../package.json', '/..%2f..%2fpackage.json']) {
    expect((await sendRaw(emulator, { base, path })).status).toBe(404);
  }
});
