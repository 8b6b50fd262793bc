import type { ApiError } from '../state/api.ts';

/** A text up to this length is shown whole; of a longer one so much on either side of what is wrong. */
const whole = 60;
const around = 20;

/** The expression around the place that is wrong, and why. */
export function Fault({ text, error }: { text: string; error: ApiError }) {
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

/** A list of fields is there for who asks for it. */
function Reason({ place, text }: { place: string; text: string }) {
  const [, said = text, fields] = /^(.*), only (\S+, .*) can\.$/s.exec(text) ?? [];
  // What was typed is repeated there.
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
