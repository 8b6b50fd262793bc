/** Names whose values are not shown until they are asked for. */
const confidential = /(?:password|secret|token)$/i;
const mask = '••••••••';

/** A copy of a JSON value without its secrets. */
export function masked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      confidential.test(name) && isSecret(item) ? mask : masked(item),
    ]),
  );
}

/** `secured` and `[redacted]` tell nothing. */
function isSecret(value: unknown): boolean {
  return typeof value === 'string' && value !== 'secured' && value !== '[redacted]';
}

export function hasSecrets(value: unknown): boolean {
  return JSON.stringify(masked(value)) !== JSON.stringify(value);
}

/** Longer texts are shown in one colour, and very long ones not to their end. */
const maxColoured = 30_000;
const maxShown = 200_000;

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON, indented and coloured. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value, null, 2) ?? '';
  const cut = text.length - maxShown;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section class="json" tabIndex={0} aria-label={label}>
      <pre>
        {text.length > maxColoured ? text.slice(0, maxShown) : coloured(text)}
        {cut > 0 && `\n… ${cut.toLocaleString('en')} more characters`}
      </pre>
    </section>
  );
}

function coloured(text: string) {
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
