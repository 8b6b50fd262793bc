import { useMemo } from 'preact/hooks';
import { visible } from '../words.ts';

/** Names of secrets, whose values are masked until the user asks for them. */
const confidential = /(?:password|secret|token)$/i;
const mask = '••••••••';

/** A JSON value without its secrets. */
export function masked(value: unknown): unknown {
  if (!hasSecrets(value)) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecret(name, item) ? mask : masked(item)]),
  );
}

export function hasSecrets(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasSecrets);
  return Object.entries(value).some(([name, item]) => isSecret(name, item) || hasSecrets(item));
}

/** Whether a value is a secret; `secured` and `[redacted]` are not. */
function isSecret(name: string, value: unknown): boolean {
  return typeof value === 'string' && confidential.test(name) && value !== 'secured' && value !== '[redacted]';
}

/** Longer texts are shown in one color, and very long ones are cut off. */
const maxColored = 30_000;
const maxShown = 200_000;

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON, indented and colored. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const shown = useMemo(() => {
    const text = visible(JSON.stringify(value, null, 2) ?? '');
    return text.length > maxColored ? inBlocks(text) : colored(text);
  }, [value]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach an element that scrolls
    <section class="json" tabIndex={0} aria-label={label}>
      <pre>{shown}</pre>
    </section>
  );
}

/** Lines in one block of a long text. */
const blockLines = 200;

/** A long text in blocks, of which the browser lays out only the visible ones. */
function inBlocks(text: string) {
  const lines = text.slice(0, maxShown).split('\n');
  const blocks = [];
  for (let from = 0; from < lines.length; from += blockLines) {
    const block = lines.slice(from, from + blockLines);
    blocks.push(
      <span key={from} class="block" style={{ '--lines': block.length }}>
        {block.join('\n')}
      </span>,
    );
  }
  const shown = text.slice(0, maxShown).length;
  const share = Math.round((shown / text.length) * 100);
  return [...blocks, shown < text.length && `… the first ${share} % of it; Copy has all`];
}

function colored(text: string) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [all, string, colon = ''] = match;
    const kind = string === undefined ? 'value' : colon === '' ? 'text' : 'name';
    parts.push(text.slice(end, match.index), <span class={`json-${kind}`}>{string ?? all}</span>, colon);
    end = match.index + all.length;
  }
  return [...parts, text.slice(end)];
}
