import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, writtenAnchors } from '../support/markdown.ts';

/** Comments and pages cite only what a reader of the repository can open. */

const rows = writtenAnchors(readFileSync(join(root, 'docs/fidelity.md'), 'utf8'));

/** The citations of a text that do not exist, each with the name of the file. */
function citationIssues(name: string, text: string): string[] {
  const cited = [...text.matchAll(/\bfidelity\.md#([\w-]+)/g), ...text.matchAll(/\brow `([a-z][a-z0-9-]+)`/g)].map(
    ([, id = '']) => id,
  );
  const unknownRows = cited.filter((id) => !rows.includes(id)).map((id) => `row ${id} of docs/fidelity.md`);
  const sections = [...text.matchAll(/\bspec sections? [\d.]+/g)].map(([section]) => section);
  const seeds = [...text.matchAll(/\bseed (\d{3})\b/gi)]
    .filter(([, number]) => !['000', '001', '002', '003'].includes(number ?? ''))
    .map(([seed]) => seed);
  const pages = [...commentsOf(name, text).matchAll(/(?<![\w/.-])((?:[\w-]+\/)*[\w-]+\.md)\b/g)]
    .map(([, page = '']) => page)
    .filter((page) => !existsSync(join(root, page)) && !existsSync(join(root, dirname(name), page)));
  return [...unknownRows, ...sections, ...seeds, ...pages].map((what) => `${name}: ${what} does not exist`);
}

/** The comments of code; links.test.ts checks the links between pages. */
function commentsOf(name: string, text: string): string {
  if (!/\.([cm]?[jt]sx?|peggy)$/.test(name)) return '';
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/.*$/gm)].map(([comment]) => comment).join('\n');
}

const folders = ['src', 'test', 'docs', 'scripts', 'bench'];
const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.([cm]?[jt]sx?|peggy|md|json|sh|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((name) => !name.includes('node_modules/')),
);
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'llms.txt'];

test.each([...folders, 'the pages'])('every citation in %s exists', (folder) => {
  const names = folder === 'the pages' ? pages : files.filter((name) => name.startsWith(`${folder}/`));
  const self = 'test/docs/citations.test.ts';
  const cited = names.filter((name) => name !== self);
  expect(cited.length).toBeGreaterThan(3);
  expect(cited.flatMap((name) => citationIssues(name, readFileSync(join(root, name), 'utf8')))).toEqual([]);
});

test('every row of docs/fidelity.md has an anchor, and no two have the same', () => {
  const lines = readFileSync(join(root, 'docs/fidelity.md'), 'utf8').split('\n');
  const cells = lines.filter((line) => line.startsWith('| ') && !/^\| (---|behavior )/.test(line));
  expect(cells.filter((line) => !/^\| <a id="[a-z0-9]+(-[a-z0-9]+)*"><\/a>\S/.test(line))).toEqual([]);
  expect(rows).toEqual([...new Set(rows)]);
  expect(rows).toHaveLength(cells.length);
});

test.each([
  ['// See docs/fidelity.md#nowhere.', 'row nowhere of docs/fidelity.md'],
  ['// As row `no-such-row` says.', 'row no-such-row of docs/fidelity.md'],
  ['// Unique (spec section 4.3).', 'spec section 4.3'],
  ['/** Seed 004 prints it. */', 'Seed 004'],
  ['/** See docs/nowhere.md. */', 'docs/nowhere.md'],
])('%s is reported', (text, what) => {
  expect(citationIssues('a.ts', text)).toEqual([`a.ts: ${what} does not exist`]);
});

test('an existing citation is not reported', () => {
  const text = '// docs/fidelity.md#external-id-unique, row `external-id-unique`, seed 000, docs/fixtures.md\n';
  expect(citationIssues('a.ts', text)).toEqual([]);
});
