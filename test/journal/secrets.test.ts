import fc from 'fast-check';
import { Secrets } from '../../src/journal/secrets.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { sendRaw } from '../http/raw.ts';
import { isEndurance } from '../support/runs.ts';
import { createWorld } from '../support/world.ts';

seedFastCheck();

/** The same with regular expressions, whose time can grow with the product of the lengths. */
function redactPlainly(text: string, secrets: readonly string[]): string {
  const replace = (rest: string, word: string, flags: string) => {
    const escaped = word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    return rest.replace(new RegExp(`(?:(?<!\\w)|(?<=%[\\da-fA-F]{2}))${escaped}(?!\\w)`, flags), '[redacted]');
  };
  return secrets.reduce((rest, secret) => {
    const plain = replace(rest, secret, 'g');
    // Half a surrogate pair has no encoding.
    return /\p{Surrogate}/u.test(secret) ? plain : replace(plain, encodeURIComponent(secret), 'gi');
  }, text);
}

test('whole words are redacted everywhere, plain and encoded', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    'ab',
    'A',
    '-',
    '%',
    '%41',
    '%2d',
    '%25',
    ' ',
    '_',
    'é',
    'É',
    '%C3%A9',
    '\ud800',
    '1',
  );
  const text = (minLength: number) => fc.array(piece, { minLength, maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      fc.array(text(1), { minLength: 1, maxLength: 2 }),
      fc.array(text(0), { maxLength: 6 }),
      (words, rest) => {
        const secrets = new Secrets();
        for (const word of words) secrets.add(word);
        const given = rest.flatMap((each, index) => [each, words[index % words.length] ?? '']).join('');
        expect(secrets.redact(given)).toBe(redactPlainly(given, [...new Set(words)]));
      },
    ),
    { numRuns: isEndurance ? 2000 : 400 },
  );
});

test('a request with more secrets than any client sends shows no text that could have one', async () => {
  const emulator = createWorld();
  const many = Array.from({ length: 21 }, (_, n) => `word${n}`);
  const ask = (words: readonly string[]) =>
    sendRaw(emulator, {
      method: 'POST',
      path: '/authentication?note=word20',
      headers: { 'Content-Type': 'application/json', authorization: words.join(' ') },
      body: '{"username": "word20 said so", "password": "pw"}',
    });
  await ask(many.slice(1));
  expect(emulator.requests.last()).toMatchObject({
    path: '/authentication',
    query: { note: '[redacted]' },
    body: { username: '[redacted] said so', password: '[redacted]' },
  });
  await ask(many);
  expect(emulator.requests.last()).toMatchObject({
    path: '[redacted]',
    query: { '[redacted]': '[redacted]' },
    body: '[redacted]',
    operationId: 'authenticate',
    status: 401,
    message: '[redacted]',
  });
});

test('a secret that is only under another name is shown', async () => {
  const emulator = createWorld();
  await sendRaw(emulator, { path: '/accounts/hush-hush?note=hush-hush' });
  expect(emulator.requests.last()).toMatchObject({ path: '/accounts/hush-hush', query: { note: 'hush-hush' } });
});
