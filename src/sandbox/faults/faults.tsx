import type { ActiveFault } from '../../faults/fault.ts';
import { clearFaults, faults, removeFault } from '../state/faults.ts';
import { attempt } from '../state/toasts.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { FaultForm } from './fault-form.tsx';

/** What is to go wrong: put on, with counts, and taken off. */
export function FaultsPanel() {
  const all = faults.value;
  return (
    <div class="scroller padded">
      <FaultForm />
      <div class="heading-line">
        <h2>Faults that are on</h2>
        {all.length > 0 && (
          <button type="button" class="ghost" onClick={() => attempt(clearFaults)}>
            Remove all
          </button>
        )}
      </div>
      {all.length === 0 ? (
        <Empty icon="fault" title="Nothing is to go wrong.">
          A fault answers in place of the platform, delays it, or drops the connection.
        </Empty>
      ) : (
        <ul class="cards">
          {all.map((fault) => (
            <FaultCard key={fault.id} fault={fault} />
          ))}
        </ul>
      )}
    </div>
  );
}

function FaultCard({ fault }: { fault: ActiveFault }) {
  const { id, method, path, operationId, times, matched, applied } = fault;
  const isOver = times !== undefined && applied >= times;
  return (
    <li class={`card ${isOver ? 'over' : ''}`}>
      <div>
        <p class="card-title">
          <code>{operationId ?? `${method ?? 'any'} ${path ?? 'every path'}`}</code>
          <span class="arrow">→</span>
          <strong>{effectOf(fault)}</strong>
        </p>
        <p class="detail">
          {matched === 0 ? 'no request has matched yet' : `applied ${applied} of ${matched} matched`}
          {times !== undefined && ` · ${isOver ? 'used up' : `${times - applied} to go`}`}
          {fault.after !== undefined && ` · lets the first ${fault.after} pass`}
        </p>
      </div>
      <button
        type="button"
        class="ghost square"
        aria-label={`Remove fault ${id}`}
        onClick={() => attempt(() => removeFault(id))}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function effectOf({ status, delayMs, drop, message }: ActiveFault): string {
  const parts = [
    ...(delayMs === undefined ? [] : [`${delayMs.toLocaleString('en')} ms late`]),
    ...(status === undefined ? [] : [`${status}${message === undefined ? '' : ` “${message}”`}`]),
    ...(drop === true ? ['connection dropped'] : []),
  ];
  return parts.join(', ');
}
