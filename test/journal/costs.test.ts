import { sendRaw } from '../http/raw.ts';
import { stepsOf } from '../support/steps.ts';
import { createWorld } from '../support/world.ts';

const json = { 'Content-Type': 'application/json' };
const words = (count: number) => Array.from({ length: count }, (_, n) => `w${n.toString(36).padStart(3, '0')}`);
const login = '/authentication';

/** The steps of a request to an emulator of its own, without those of a connection. */
async function stepsOfRequest(request: Parameters<typeof sendRaw>[1]): Promise<number> {
  const emulator = createWorld();
  await sendRaw(emulator, { path: '/accounts' });
  return stepsOf(async () => {
    const { status } = await sendRaw(emulator, request);
    expect([400, 404]).toContain(status);
    // The request is redacted when it is read.
    expect(emulator.requests.last()).toMatchObject({ status });
  });
}

describe('the cost of redaction', () => {
  const strings = words(2300).map((word) => `${word}.`);
  const post = (authorization: string, body: unknown, path = login) =>
    stepsOfRequest({ method: 'POST', path, headers: { ...json, authorization }, body: JSON.stringify(body) });

  test.each<[string, (size: number) => Promise<number>]>([
    [
      'for the maximal number of words in the header',
      (size) => post(words(size).join(' '), { strings: strings.slice(0, size) }),
    ],
    [
      'for few words in the header and many strings',
      (size) => post('User abcd, Organization efgh', { strings: strings.slice(0, size) }),
    ],
    [
      'for the maximal number of passwords in a body',
      (size) => post('User abcd', { password: words(50 * size) }, `${login}?a=${'w001-'.repeat(size)}`),
    ],
    ['for long words that almost occur', (size) => post(`${'a-'.repeat(size)}b`, { name: 'a-'.repeat(3 * size) })],
    [
      'for long words that occur within words',
      (size) => post('ab-'.repeat(size).slice(0, -2), { name: 'ab-'.repeat(2 * size) }),
    ],
    ['for encoded words', (size) => post('a%b-'.repeat(size / 2), {}, `/${'a%25b-'.repeat(size)}`)],
  ])('grows linearly with the request at most, %s', async (_, cost) => {
    const [small, large] = [await cost(450), await cost(1800)];
    expect(large / small).toBeLessThan(5);
    // Two microseconds each would be 10 milliseconds.
    expect(large).toBeLessThan(5_000_000);
  });
});

test('a query with many names is parsed once, not once for each name', async () => {
  const get = (count: number) => stepsOfRequest({ path: `/x?${words(count).join('&')}` });
  const [small, large] = [await get(700), await get(2800)];
  expect(large / small).toBeLessThan(5);
});
