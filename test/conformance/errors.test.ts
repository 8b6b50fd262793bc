import { connectionError } from '../../src/conformance/errors.ts';

/** An error as `fetch` throws it. */
const failed = (code: string, message = 'it failed') =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });

test.each([
  ['ECONNREFUSED', 'nothing listens at a.example'],
  ['ENOTFOUND', 'there is no host a.example'],
  ['EAI_AGAIN', 'there is no host a.example'],
  ['ECONNRESET', 'a.example closed the connection without an answer'],
  ['CERT_HAS_EXPIRED', 'the certificate of a.example has expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'the certificate of a.example is for another host name'],
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'the certificate of a.example is not trusted (SELF_SIGNED_CERT_IN_CHAIN): name the file of its authority in NODE_EXTRA_CA_CERTS',
  ],
  ['EPROTO', 'a.example does not speak HTTPS: perhaps its address begins with http://'],
  ['HPE_INVALID_CONSTANT', 'a.example does not answer in HTTP (HPE_INVALID_CONSTANT)'],
  ['Z_BUF_ERROR', 'a.example sent an answer that cannot be decompressed (Z_BUF_ERROR)'],
  ['UND_ERR_HEADERS_OVERFLOW', 'a.example could not be asked: it failed (UND_ERR_HEADERS_OVERFLOW)'],
])('an error of a connection with the code %s has words for people', (code, words) => {
  const asked = { baseUrl: 'https://a.example/elements/api-v2', timeoutMs: 30_000, hasBegun: false };
  expect(connectionError(failed(code), asked).message).toBe(words);
});

test.each<[string, unknown, string]>([
  [
    'a port that fetch refuses',
    new TypeError('fetch failed', { cause: new Error('bad port') }),
    'fetch refuses this port',
  ],
  ['an error without a cause', new Error('first line\nsecond line'), 'first line'],
])('an error of a connection for %s has words for people', (_, error, words) => {
  const asked = { baseUrl: 'http://a.example', timeoutMs: 30_000, hasBegun: false };
  expect(connectionError(error, asked).message).toBe(`a.example could not be asked: ${words}`);
});
