import { signal } from '@preact/signals';
import { reset } from '../state/snapshots.ts';
import { attempt, say } from '../state/toasts.ts';
import { Icon } from '../ui/icon.tsx';
import { Sheet } from '../ui/sheet.tsx';

const isAsked = signal(false);

export function ResetButton() {
  return (
    <button
      type="button"
      class="reset"
      onClick={() => {
        isAsked.value = true;
      }}
    >
      <Icon name="reset" /> Reset
    </button>
  );
}

/** Asked once more: what is not in a snapshot is gone then. */
export function ResetQuestion() {
  if (!isAsked.value) return null;
  const close = () => {
    isAsked.value = false;
  };
  const confirm = async () => {
    close();
    if ((await attempt(reset)) !== undefined) say('Back at the fixture.');
  };
  return (
    <Sheet title="Go back to the fixture?" onClose={close} isQuestion>
      <p>
        Accounts, users and the clock are as at the beginning, faults are off and the journal is empty. Snapshots stay.
      </p>
      <div class="actions end">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button type="button" class="primary" autofocus onClick={confirm}>
          Reset
        </button>
      </div>
    </Sheet>
  );
}
