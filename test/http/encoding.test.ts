import { gzipSync } from 'node:zlib';
import { ok, refused } from '../platform/answers.ts';
import { withBody } from '../platform/samples.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { sendRaw } from './raw.ts';

const createWorld = reuseWorlds();

/** In which encoding a body is, and what becomes of bytes that are in none. */

const json = { 'Content-Type': 'application/json' };
const notUtf8 = refused(400, 'The body is not UTF-8: send it in that encoding.');

/** The last `x` stands for the bytes. */
const around = (text: string, bytes: number[]): Buffer => {
  const at = text.lastIndexOf('x');
  return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(bytes), Buffer.from(text.slice(at + 1))]);
};

const invalid: readonly [what: string, bytes: number[]][] = [
  ['Latin-1', [0xeb]],
  ['a character that is cut off', [0xe2, 0x82]],
  ['a byte that goes on from nothing', [0x80]],
  ['an overlong form', [0xc0, 0xaf]],
  ['a lone surrogate', [0xed, 0xa0, 0x80]],
  ['a code point beyond the last', [0xf4, 0x90, 0x80, 0x80]],
  ['a byte that never occurs', [0xff]],
];

describe.each(withBody)('$operationId', ({ verb, path, body, operationId }) => {
  const emulator = createWorld();
  const send = (bytes: Buffer, headers: Record<string, string> = json) =>
    sendRaw(emulator, { method: verb.toUpperCase(), path, headers, body: bytes });
  const good = JSON.stringify(body);

  test.each(invalid)('a body with %s is 400 and stores nothing', async (_what, bytes) => {
    const { sequences: _before, ...before } = emulator.snapshot();
    for (const text of [
      good.replace('{', '{"more":"é",').replaceAll('x', 'y').replace('é', 'x'),
      `${good.slice(0, -1)}x`,
      'x',
      `${good}x`,
    ]) {
      expect(await send(around(text, bytes))).toMatchObject(notUtf8);
    }
    const { sequences: _after, ...after } = emulator.snapshot();
    expect([operationId, after]).toEqual([operationId, before]);
  });
});

test.each([
  ['POST', '/snapshots', '{"name":"x"}'],
  ['POST', '/snapshots', '{"name":"a","fixture":{"organizations":[{"name":"x"}]}}'],
  ['POST', '/faults', '{"path":"/accounts","status":503,"message":"x"}'],
  ['PUT', '/clock', '{"now":"x"}'],
])('the control endpoints refuse it as well: %s %s', async (method, path, text) => {
  const emulator = createWorld();
  const body = around(text, [0xeb]);
  const answer = await sendRaw(emulator, { method, base: '/__emulator', path, headers: json, body });
  expect(answer).toMatchObject(notUtf8);
  expect(emulator.faults.list()).toEqual([]);
});

describe('PUT /organizations/me', () => {
  const rename = (body: Buffer | string, headers: Record<string, string>) =>
    sendRaw(createWorld(), { method: 'PUT', path: '/organizations/me', headers, body });

  test.each(['utf-8', 'UTF-8', 'utf8', 'Utf8', '"utf8"', 'us-ascii', 'US-ASCII', '"us-ascii"', 'utf8; version=1'])(
    'charset=%s is UTF-8',
    async (charset) => {
      for (const type of [`application/json; charset=${charset}`, `application/json;charset=${charset}`]) {
        expect(await rename('{"name":"Zoë ’ 東京"}', { 'Content-Type': type })).toMatchObject(
          ok({ name: 'Zoë ’ 東京' }),
        );
        expect(await rename(around('{"name":"x"}', [0xeb]), { 'Content-Type': type })).toMatchObject(notUtf8);
      }
    },
  );

  test('bytes that are no UTF-8 are found when unpacked, and not where the package has them', async () => {
    const packed = { ...json, 'Content-Encoding': 'gzip' };
    expect(await rename(gzipSync(around('{"name":"x"}', [0xeb])), packed)).toMatchObject(notUtf8);
    expect(await rename(gzipSync('{"name":"Zoë"}'), packed)).toMatchObject(ok({ name: 'Zoë' }));
  });

  test('a surrogate that JSON writes as an escape is a text', async () => {
    expect(await rename('{"name":"a\\ud800b"}', json)).toMatchObject(ok({ name: 'a\ud800b' }));
  });
});
