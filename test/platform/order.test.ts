import { type RawRequest, sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { type Answer, ok, refused, unauthorized401 } from './answers.ts';

const createWorld = reuseWorlds();

/** Each request has its own mistake and all those of the rows below it: the first check decides. */
const stranger = { Authorization: 'User x, Organization y' };
const html = { Accept: 'text/html' };
const text = { 'Content-Type': 'text/plain' };
const json = { 'Content-Type': 'application/json' };
const large = `"${'x'.repeat(1024 * 1024)}"`;

const rows: [string, RawRequest, Answer][] = [
  [
    '404 for an unknown path',
    { method: 'POST', path: '/nowhere/abc', headers: { ...stranger, ...html, ...text }, body: large },
    refused(404, expect.stringContaining('nothing at /nowhere/abc')),
  ],
  [
    '405 for another method',
    { method: 'POST', path: '/accounts/abc', headers: { ...stranger, ...html, ...text }, body: large },
    refused(405, expect.stringContaining('POST is not allowed')),
  ],
  [
    '401 for wrong credentials',
    { method: 'PATCH', path: '/accounts/abc', headers: { ...stranger, ...html, ...text }, body: large },
    unauthorized401,
  ],
  [
    '406 for another Accept',
    { method: 'PATCH', path: '/accounts/abc', headers: { ...html, ...text }, body: large },
    refused(406, expect.stringContaining('text/html')),
  ],
  [
    '415 for another Content-Type',
    { method: 'PATCH', path: '/accounts/abc?permanent=x', headers: text, body: large },
    refused(415, expect.stringContaining('text/plain')),
  ],
  [
    '413 for a large body',
    { method: 'PATCH', path: '/accounts/abc?permanent=x', headers: json, body: large },
    refused(413, 'The body is larger than 1048576 bytes.'),
  ],
  [
    '400 for invalid JSON',
    { method: 'PATCH', path: '/accounts/abc?permanent=x', headers: json, body: '{' },
    refused(400, expect.stringContaining('not valid JSON')),
  ],
  [
    '400 for an invalid path parameter',
    { method: 'PATCH', path: '/accounts/abc?permanent=x', headers: json, body: '{"name":5}' },
    refused(400, expect.stringContaining("'id'")),
  ],
  [
    '400 for an invalid field',
    { method: 'PATCH', path: '/accounts/999?permanent=x', headers: json, body: '{"name":5}' },
    refused(400, expect.stringContaining("'name'")),
  ],
  [
    '400 for an invalid query parameter',
    { method: 'PATCH', path: '/accounts/999?permanent=x', headers: json, body: '{"externalId":"there"}' },
    refused(400, expect.stringContaining("'permanent'")),
  ],
  [
    '404 for an unknown record',
    { method: 'PATCH', path: '/accounts/999', headers: json, body: '{"externalId":"there"}' },
    refused(404, 'No account found with ID 999'),
  ],
  [
    '409 for a conflict',
    { method: 'PATCH', path: '/accounts/110', headers: json, body: '{"externalId":"there"}' },
    refused(409, expect.stringContaining("'there'")),
  ],
  [
    '200 without a mistake',
    { method: 'PATCH', path: '/accounts/110', headers: json, body: '{"externalId":"elsewhere"}' },
    ok(expect.objectContaining({ externalId: 'elsewhere' })),
  ],
];

describe('the order of the checks', () => {
  test.each(rows)('%s', async (_name, request, expected) => {
    const { status, body } = await sendRaw(createWorld(), request);
    expect({ status, body }).toEqual(expected);
  });
});

describe('a refused request', () => {
  test.each(rows.slice(0, -1))('changes nothing: %s', async (_name, request) => {
    const emulator = createWorld();
    await sendRaw(emulator, request);
    const { status, body } = await connect(emulator).get('/accounts/110');
    expect({ status, body }).toEqual(ok(expect.objectContaining({ name: 'Here', externalId: 'here' })));
  });
});
