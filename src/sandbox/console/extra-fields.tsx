import { useSignal } from '@preact/signals';
import { extras, headerLines, wrongSecret } from './extras.ts';
import { hasCredentials } from './headers.ts';
import { operation } from './state.ts';

/** The fields for further headers and for wrong secrets. */
export function ExtraFields() {
  const { headers, issue, note } = extras.value;
  const given = Object.keys(headers).length + (wrongSecret.value === '' ? 0 : 1);
  const isOpen = useSignal(given > 0);
  const isWithout = operation.value?.isOpen === true || hasCredentials(headers);
  return (
    <details
      class="more"
      open={isOpen.value}
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>
        Further headers, wrong secrets
        {given > 0 && <span class="count">{given}</span>}
      </summary>
      <div class="extras">
        <div class="field">
          <label for="wrong-secret">Credentials</label>
          <select
            id="wrong-secret"
            disabled={isWithout}
            value={isWithout ? '' : wrongSecret.value}
            onChange={({ currentTarget: { value } }) => {
              wrongSecret.value = value === 'user' || value === 'organization' ? value : '';
            }}
          >
            <option value="">the caller’s</option>
            <option value="user">with a wrong user secret</option>
            <option value="organization">with a wrong organization secret</option>
          </select>
        </div>
        <div class="field">
          <label for="further-headers">Further headers, one on each line</label>
          <textarea
            id="further-headers"
            rows={2}
            spellcheck={false}
            placeholder="X-Request-Id: 42"
            value={headerLines.value}
            aria-invalid={issue !== undefined}
            aria-describedby="further-headers-note"
            onInput={({ currentTarget }) => {
              headerLines.value = currentTarget.value;
            }}
          />
          <p id="further-headers-note" class="field-note" role="status">
            {issue ?? note}
          </p>
        </div>
      </div>
    </details>
  );
}
