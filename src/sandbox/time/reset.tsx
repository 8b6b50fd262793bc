import { status } from '../state/live.ts';
import { reset } from '../state/snapshots.ts';
import { attempt, say } from '../state/toasts.ts';
import { Icon } from '../ui/icon.tsx';
import { ask } from '../ui/question.tsx';

/** Asks before a reset, which discards all that is not in a snapshot. */
function askForReset(): void {
  ask({
    title: 'Reset to the fixture?',
    text: `Accounts, users and the clock go back to the fixture. Faults and later stubs are removed, and the journal is cleared. Snapshots stay.${
      status.value?.hasDataFile === true ? ' The data file is rewritten: its present content is lost.' : ''
    }`,
    action: 'Reset',
    onYes: async () => {
      if ((await attempt(reset)) !== undefined) say('Reset to the fixture.');
    },
  });
}

export function ResetButton() {
  return (
    <button type="button" class="icon-when-narrow" aria-label="Reset" onClick={askForReset}>
      <Icon name="reset" /> <span class="wide-words">Reset</span>
    </button>
  );
}
