import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/markdown.ts';

const text = readFileSync(join(root, 'SECURITY.md'), 'utf8').replaceAll('\r', '');
const promises = text.slice(text.indexOf('## What it promises'), text.indexOf('## What it does not promise'));
/** The sentences of the promises, each with what it says of its tests, in one line. */
const sentences = promises
  .split(/^ {2}- /m)
  .slice(1)
  .map(
    (each) =>
      each
        .split(/^- |^\[/m)[0]
        ?.replace(/\s+/g, ' ')
        .trim() ?? '',
  );

test('the page has promises', () => {
  expect(sentences.length).toBeGreaterThan(20);
});

test.each(sentences)('the page names an existing test for: %s', (sentence) => {
  const named = [...sentence.matchAll(/`(test\/[\w/.-]+)`: "([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(0);
  expect(sentence).toMatch(/"\)[.,]?/);
  for (const [, file = '', name = ''] of named) {
    expect({ file, exists: existsSync(join(root, file)) }).toEqual({ file, exists: true });
    expect(readFileSync(join(root, file), 'utf8').includes(name) ? name : `${file} has no test of this name`).toBe(
      name,
    );
  }
});
