import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/markdown.ts';

/** The table in CONTRIBUTING.md that leads from a sentence of the four documents to the code. */

interface Row {
  readonly question: string;
  /** The document's own words. */
  readonly sentence: string;
  readonly folder: string;
  /** The words that a reader searches for in the folder. */
  readonly words: string;
}

const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const rows = [...page.matchAll(/^\| (.+\?) \| 00\d: "(.+)" \| `(src\/[^`]+)` \| `([^`]+)` \|$/gm)].map(
  ([, question = '', sentence = '', folder = '', words = '']): Row => ({ question, sentence, folder, words }),
);

/** The lines of a folder's code that have the words, in any case of letters, as `grep -ri` finds them. */
function search(words: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|peggy)$/.test(entry.name))
    .flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n'))
    .filter((line) => line.toLowerCase().includes(words.toLowerCase()));
}

test('the map has a row for each question', () => {
  const [, section = ''] = page.split('### From a sentence of the documents to the code');
  const lines = section.split('\n## ')[0]?.match(/^\| .+\? \|/gm) ?? [];
  expect(lines.length).toBeGreaterThanOrEqual(10);
  expect(rows.map(({ question }) => `| ${question} |`)).toEqual(lines);
});

test.each(rows)('$question', ({ sentence, folder, words }) => {
  expect(sentence.toLowerCase()).toContain(words.toLowerCase());
  const found = search(words, folder);
  expect(found).not.toEqual([]);
  // A reader can look through this many lines.
  expect(found.length).toBeLessThan(6);
});
