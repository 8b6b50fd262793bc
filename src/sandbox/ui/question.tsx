import { signal } from '@preact/signals';
import { Sheet } from './sheet.tsx';

interface Asked {
  readonly title: string;
  readonly text: string;
  /** The label of the button that does it. */
  readonly action: string;
  readonly onYes: () => unknown;
}

/** The question that is being asked. */
const asked = signal<Asked | undefined>(undefined);

/** Asks for confirmation of what cannot be undone. */
export function ask(question: Asked): void {
  asked.value = question;
}

/** The dialog that asks. */
export function Question() {
  const question = asked.value;
  if (question === undefined) return null;
  const close = () => {
    asked.value = undefined;
  };
  return (
    <Sheet title={question.title} onClose={close} isQuestion>
      <p>{question.text}</p>
      <div class="actions end">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          class="primary"
          autofocus
          onClick={() => {
            close();
            question.onYes();
          }}
        >
          {question.action}
        </button>
      </div>
    </Sheet>
  );
}
