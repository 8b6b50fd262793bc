import type { ApiError } from '../state/api.ts';

/** Show an expression up to this length whole, and of a longer one so many characters on either side of the issue. */
const whole = 60;
const around = 20;

/** The part of a `where` expression that is wrong, and why. */
export function SearchIssue({ text, error }: { text: string; error: ApiError }) {
  const [, place, reason = ''] = /^Invalid where at position (\d+): (.*)$/s.exec(error.message) ?? [];
  if (place === undefined) return <p class="search-fault">{error.message}</p>;
  const at = Number(place) - 1;
  const isShort = text.length <= whole;
  const [from, to] = isShort ? [0, whole] : [Math.max(at - around, 0), at + 1 + around];
  return (
    <div class="search-fault">
      <code>
        {from > 0 && '…'}
        {text.slice(from, at)}
        <mark>{text[at] ?? ' '}</mark>
        {text.slice(at + 1, to)}
        {to < text.length && '…'}
      </code>
      <Reason place={place} text={reason} />
    </div>
  );
}

/** The reason; a list of fields in it is folded. */
function Reason({ place, text }: { place: string; text: string }) {
  const [, said = text, fields] = /^(.*), only (\S+, .*) can\.$/s.exec(text) ?? [];
  // The reason repeats the typed text.
  const short = said.replace(/'([^']{40})[^']+'/g, "'$1…'");
  return (
    <>
      <p class="reason">
        <strong>Position {place}:</strong> {fields === undefined ? short : `${short}.`}
      </p>
      {fields !== undefined && (
        <details>
          <summary>What can be searched</summary>
          {fields}
        </details>
      )}
    </>
  );
}
