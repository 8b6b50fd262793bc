import type { ShownStub } from '../../stubs/show-stub.ts';
import { clearStubs, removeStub, stubs } from '../state/stubs.ts';
import { attempt } from '../state/toasts.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';
import { StubForm } from './stub-form.tsx';

const heading = 'stubs-on';

/** Moves the focus to the heading, because the element that had it is removed. */
async function remove(action: () => Promise<unknown>): Promise<void> {
  if ((await attempt(action)) !== undefined) document.getElementById(heading)?.focus();
}

/** The stubs: a form that adds one, and the list with their counts, the newest first as they are asked. */
export function Stubs() {
  const all = stubs.value;
  return (
    <>
      <StubForm />
      <div class="heading-line">
        <h2 id={heading} tabIndex={-1}>
          Active stubs{all.length > 0 && ` (${all.length})`}
        </h2>
        {all.length > 0 && (
          <button type="button" class="ghost" onClick={() => remove(clearStubs)}>
            Remove all
          </button>
        )}
      </div>
      {all.length === 0 ? (
        <Empty icon="send" title="No active stubs">
          A stub responds where the platform is not emulated, or in place of an operation.
        </Empty>
      ) : (
        <ul class="cards">
          {all.toReversed().map((stub) => (
            <StubCard key={stub.id} stub={stub} />
          ))}
        </ul>
      )}
    </>
  );
}

function StubCard({ stub }: { stub: ShownStub }) {
  const { id, method, path, operationId, access, matched, applied, given } = stub;
  const answer = answerOf(stub);
  return (
    <li class="card">
      <div>
        <p class="card-title" title={answer}>
          <code>{operationId ?? `${method ?? 'any'} ${path}`}</code>
          <span class="arrow">→</span>
          <strong>{answer}</strong>
        </p>
        <p class="detail">
          {matched === 0 ? 'no request has matched yet' : `applied to ${applied} of ${matched} matched`}
          {access === 'anyone' && ' · for anyone'}
          {given === true && ' · from the start'}
        </p>
      </div>
      <button
        type="button"
        class="ghost square"
        aria-label={`Remove stub ${id}`}
        onClick={() => remove(() => removeStub(id))}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

function answerOf({ respond, status = 200, body }: ShownStub): string {
  if (respond !== undefined) return 'a function responds';
  const text = body === undefined ? '' : JSON.stringify(body);
  return `${status} ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`.trim();
}
