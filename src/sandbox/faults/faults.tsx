import type { ActiveFault } from '../../faults/fault.ts';
import { clearFaults, faults, faultsOn, isOver, removeFault } from '../state/faults.ts';
import { attempt } from '../state/toasts.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { effectOf } from './effect.ts';
import { FaultAnswer } from './fault-answer.tsx';
import { FaultForm } from './fault-form.tsx';
import { Interceptions } from './interceptions.tsx';
import { type Kind, kinds, shown } from './shown.ts';
import { Stubs } from './stubs.tsx';

const headings = 'faults-on';

/** Moves the focus to the heading, because the element that had it is removed. */
async function remove(action: () => Promise<unknown>): Promise<void> {
  if ((await attempt(action)) !== undefined) document.getElementById(headings)?.focus();
}

const all: readonly Kind[] = ['faults', 'stubs', 'interceptions'];

/** The panel of faults, stubs and interceptions: one of them is shown. */
export function FaultsPanel() {
  return (
    <div class="scroller padded">
      <fieldset class="kinds" aria-label="What to show">
        {all.map((kind) => (
          <button
            key={kind}
            type="button"
            class="toggle"
            aria-pressed={shown.value === kind}
            onClick={() => {
              shown.value = kind;
            }}
          >
            {kinds[kind]}
          </button>
        ))}
      </fieldset>
      {shown.value === 'faults' && <Faults />}
      {shown.value === 'stubs' && <Stubs />}
      {shown.value === 'interceptions' && <Interceptions />}
    </div>
  );
}

/** The faults: a form that adds one, and the list with their counts. */
function Faults() {
  const all = faults.value;
  const on = faultsOn.value;
  const over = all.filter(isOver);
  return (
    <>
      <FaultForm />
      <div class="heading-line">
        <h2 id={headings} tabIndex={-1}>
          Active faults{on.length > 0 && ` (${on.length})`}
        </h2>
        {all.length > 0 && (
          <button type="button" class="ghost" onClick={() => remove(clearFaults)}>
            Remove all
          </button>
        )}
      </div>
      {on.length === 0 ? (
        <Empty icon="fault" title="No active faults">
          A fault replaces or delays the response, or drops the connection: before or after the change.
        </Empty>
      ) : (
        <Cards faults={on} />
      )}
      {over.length > 0 && (
        <>
          <h2 class="further">Used up</h2>
          <Cards faults={over} />
        </>
      )}
    </>
  );
}

function Cards({ faults: list }: { faults: readonly ActiveFault[] }) {
  return (
    <ul class="cards">
      {list.map((fault) => (
        <FaultCard key={fault.id} fault={fault} />
      ))}
    </ul>
  );
}

function FaultCard({ fault }: { fault: ActiveFault }) {
  const { id, method, path, operationId, times, matched, applied } = fault;
  const effect = effectOf(fault);
  const used = isOver(fault);
  return (
    <li class={`card ${used ? 'over' : ''}`}>
      <div>
        <p class="card-title" title={effect}>
          {operationId === undefined && path === undefined ? (
            `every ${method ?? ''} request`
          ) : (
            <code>{operationId ?? `${method ?? 'any'} ${path}`}</code>
          )}
          <span class="arrow">→</span>
          <strong>{effect}</strong>
        </p>
        <p class="detail">
          {matched === 0 ? 'no request has matched yet' : `applied to ${applied} of ${matched} matched`}
          {times !== undefined && ` · ${used ? 'used up' : `${times - applied} left`}`}
          {fault.after !== undefined && ` · skips the first ${fault.after}`}
        </p>
        <FaultAnswer fault={fault} />
      </div>
      <button
        type="button"
        class="ghost square"
        aria-label={`Remove fault ${id}`}
        onClick={() => remove(() => removeFault(id))}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
