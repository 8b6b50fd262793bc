import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkFault, linkFaults, linksOf, pages, root } from '../support/markdown.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');

const others = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'llms.txt', 'bench/RESULTS.md'];

test.each([...pages, ...others])('%s has no dead link', (page) => {
  expect(linkFaults(root, page)).toEqual([]);
});

test('a dead link is reported', () => {
  expect(linksOf('[a](b.md#c) `[d](e)` ![f](g.png)\n```\n[h](i)\n```\n')).toEqual(['b.md#c', 'g.png']);
  const fault = (page: string, link: string) => linkFault(root, page, link);
  expect(fault('README.md', 'docs/nowhere.md')).toBe('README.md: docs/nowhere.md: there is no docs/nowhere.md');
  expect(fault('docs/running.md', '../README.md#nowhere')).toMatch('README.md has no heading or anchor of that name');
  expect(fault('docs/running.md', '../README.md#get-it')).toBeUndefined();
  expect(fault('README.md', 'docs/fidelity.md#external-id-unique')).toBeUndefined();
});

test('every page is in the table of contents and in llms.txt', () => {
  const names = pages.filter((page) => page.startsWith('docs/'));
  for (const name of names) {
    expect(linksOf(read('README.md'))).toContain(name);
    expect(linksOf(read('llms.txt'))).toContain(name);
  }
});
