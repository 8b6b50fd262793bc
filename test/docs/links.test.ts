import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, linksOf, pages, root } from '../support/markdown.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');

/** What is wrong with a link of a page; `undefined` for a good one, and for one that leads elsewhere. */
function fault(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `${page}: ${link}: there is no ${target}`;
  if (anchor === undefined || anchorsOf(read(target)).includes(anchor)) return undefined;
  return `${page}: ${link}: ${target} has no heading of that name`;
}

test.each([...pages, 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'llms.txt'])('%s has no dead link', (page) => {
  const links = linksOf(read(page));
  expect(links.map((link) => fault(page, link)).filter((text) => text !== undefined)).toEqual([]);
});

test('a dead link is found', () => {
  expect(linksOf('[a](b.md#c) `[d](e)` ![f](g.png)\n```\n[h](i)\n```\n')).toEqual(['b.md#c', 'g.png']);
  expect(fault('README.md', 'docs/nowhere.md')).toBe('README.md: docs/nowhere.md: there is no docs/nowhere.md');
  expect(fault('docs/README.md', '../README.md#nowhere')).toMatch('README.md has no heading of that name');
  expect(fault('docs/README.md', '../README.md#limits')).toBeUndefined();
});

test('every page is in both tables of contents and in llms.txt', () => {
  const names = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
  for (const name of names) {
    expect(linksOf(read('README.md'))).toContain(name);
    expect(linksOf(read('llms.txt'))).toContain(name);
    expect(linksOf(read('docs/README.md'))).toContain(name.replace('docs/', ''));
  }
});
