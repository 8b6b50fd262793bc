import type { RecordedRequest } from '../../journal/recorded-request.ts';
import { base } from '../console/call.ts';
import { asCurl } from '../console/code.ts';
import { copyTestOf } from '../console/copy-test.ts';
import { openRequest } from '../console/state.ts';
import { failPath } from '../faults/fault-form.tsx';
import { attempt } from '../state/toasts.ts';
import { copy } from '../ui/copy.ts';
import { Icon } from '../ui/icon.tsx';
import { asCall, asExpectation, hasHidden } from './as-call.ts';
import { opened } from './filter.ts';
import { authorizationOf, sendAgain } from './send-again.ts';

function close(): void {
  opened.value = undefined;
}

/** What can be done with a request: to send it again, to test it, to make it fail. */
export function EntryActions({ request }: { request: RecordedRequest }) {
  const { method, path, operationId, body } = request;
  const call = asCall(request);
  const isHidden = hasHidden(body) || hasHidden(path);
  const curl = () =>
    attempt(async () => {
      if (call === undefined) return;
      await copy(
        asCurl(location.origin + base, call, await authorizationOf(request)),
        'curl command, with the secrets,',
      );
    });
  return (
    <>
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={call === undefined || isHidden}
          onClick={() => sendAgain(request)}
        >
          <Icon name="send" /> Send again
        </button>
        <button
          type="button"
          disabled={call === undefined || operationId === undefined}
          onClick={() => {
            close();
            openRequest(request);
          }}
        >
          Open in console
        </button>
        <button type="button" disabled={call === undefined} onClick={() => copyTestOf(request)}>
          <Icon name="copy" /> Copy as test
        </button>
        <button
          type="button"
          disabled={operationId === undefined}
          onClick={() => copy(asExpectation(request), 'Expectation')}
        >
          <Icon name="copy" /> Expect this
        </button>
        <button type="button" disabled={call === undefined} onClick={curl}>
          <Icon name="copy" /> Copy as curl
        </button>
        <button
          type="button"
          disabled={operationId === undefined}
          onClick={() => {
            close();
            failPath(method, path);
          }}
        >
          <Icon name="fault" /> Make this fail
        </button>
        <button type="button" class="ghost" onClick={() => copy(JSON.stringify(request, null, 2), 'Journal entry')}>
          Copy as JSON
        </button>
      </div>
      {isHidden && (
        <p class="field-note">The journal keeps no secrets: open the request in the console, and replace [redacted].</p>
      )}
    </>
  );
}
