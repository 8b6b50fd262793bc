import { base } from '../console/call.ts';
import { copy } from '../ui/copy.ts';
import { Icon } from '../ui/icon.tsx';

/** What a client takes in place of the platform's address. */
export const baseUrl = location.origin + base;

/** The base URL, to copy. */
export function BaseUrl() {
  return (
    <p class="base-url">
      <code title={baseUrl}>{baseUrl}</code>
      <button
        type="button"
        class="ghost square"
        aria-label="Copy base URL"
        title="Copy base URL"
        onClick={() => copy(baseUrl, 'Base URL')}
      >
        <Icon name="copy" />
      </button>
    </p>
  );
}
