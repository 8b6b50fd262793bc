import { faults } from '../state/faults.ts';
import { tab } from '../state/tab.ts';
import { effectOf } from './effect.ts';
import { shown } from './shown.ts';

/**
 * Says that a fault was applied to a request, and leads to the faults.
 *
 * @param trueStatus what the platform answered before the fault.
 */
export function FaultNote(props: { id: number | undefined; trueStatus?: number | undefined; onShow?: () => void }) {
  const { id, trueStatus, onShow } = props;
  if (id === undefined) return null;
  const fault = faults.value.find((each) => each.id === id);
  return (
    <p class="callout">
      <strong>
        Fault {id} was applied{trueStatus !== undefined && ` after the platform responded ${trueStatus}`}
      </strong>
      {fault === undefined ? '; it was removed since.' : `: ${effectOf(fault)}. `}
      {fault !== undefined && (
        <button
          type="button"
          class="link"
          onClick={() => {
            onShow?.();
            shown.value = 'faults';
            tab.value = 'faults';
          }}
        >
          Show faults
        </button>
      )}
    </p>
  );
}
