import type { Fault } from '../../faults/fault.ts';
import { Json } from '../ui/json.tsx';
import { visible } from '../words.ts';

/** The parts of a fault's answer besides its status and message. */
export function FaultAnswer({ fault: { retryAfter, headers = {}, body, rawBody } }: { fault: Fault }) {
  const all = { ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="detail">
          <code>{line}</code>
        </p>
      ))}
      {body !== undefined && <Json value={body} label="Body of the fault" />}
      {rawBody !== undefined && <pre class="json">{visible(rawBody)}</pre>}
    </>
  );
}
