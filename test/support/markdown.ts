import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = join(__dirname, '../..');

/** The pages whose code the tests run: the front page and all of docs/. */
export const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);

/** A block of code on a page. */
export interface Block {
  readonly page: string;
  /** The line on which it begins. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The file that the text before it says to put it into: "Put this into `accounts.test.js`:". */
  readonly file: string | undefined;
}

/** The blocks of code on a page, in their order. */
export function blocksOf(page: string): Block[] {
  const markdown = readFileSync(join(root, page), 'utf8');
  return [...markdown.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: text = '' }) => {
    const before = markdown.slice(0, index).trimEnd();
    const paragraph = before.slice(before.lastIndexOf('\n\n') + 2);
    return {
      page,
      line: before.split('\n').length + 2,
      language,
      text,
      file: paragraph.endsWith(':') ? /`([\w-]+(?:\.\w+)*\.(?:[cm]?[jt]s|json))`/.exec(paragraph)?.[1] : undefined,
    };
  });
}

/** Whether a line is in an output; `…` in it is whatever differs from run to run. */
export function isIn(output: string, line: string): boolean {
  const parts = line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.*')).test(output);
}

/** The anchors of a page: those that GitHub makes of its headings, and those written as `<a id="…">`. */
export function anchorsOf(markdown: string): string[] {
  const text = withoutCode(markdown);
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...writtenAnchors(text)];
}

/** The anchors of a page that are written as `<a id="…">`, in their order. */
export function writtenAnchors(markdown: string): string[] {
  return [...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
}

/** The targets of the links and images of a page. */
export function linksOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/**
 * The problem of a link of a page; `undefined` for a valid link, and for one that leads to another site.
 *
 * @param folder what the names of pages are relative to.
 */
export function linkFault(folder: string, page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(folder, target))) return `${page}: ${link}: there is no ${target}`;
  if (anchor === undefined || anchorsOf(readFileSync(join(folder, target), 'utf8')).includes(anchor)) return undefined;
  return `${page}: ${link}: ${target} has no heading or anchor of that name`;
}

/** The problems of the links of a page. */
export function linkFaults(folder: string, page: string): string[] {
  const links = linksOf(readFileSync(join(folder, page), 'utf8'));
  return links.map((link) => linkFault(folder, page, link)).filter((fault) => fault !== undefined);
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]+`/g, (code) => code.replace(/[\](]/g, ''));
}
