import { useState } from 'preact/hooks';
import { type Credentials, credentialsOf } from '../state/api.ts';
import { attempt } from '../state/toasts.ts';
import { copy } from '../ui/copy.ts';
import { Icon } from '../ui/icon.tsx';

interface SecretsProps {
  /** The email or id of the user whose secrets they are; the administrator's when absent. */
  readonly user?: string | undefined;
  readonly isDisabled?: boolean;
  readonly title?: string;
}

const secrets = [
  ['userSecret', 'User secret'],
  ['organizationSecret', 'Organization secret'],
] as const;

/** The secrets of a user and of the user's organization: to copy, and shown only on request. */
export function Secrets({ user, isDisabled = false, title = 'Credentials' }: SecretsProps) {
  const [shown, setShown] = useState<Credentials>();
  const fetchSecrets = () => attempt(() => credentialsOf(user));
  const copyOne = (name: keyof Credentials, label: string) => async () => {
    const found = await fetchSecrets();
    if (found !== undefined) await copy(found[name], label);
  };
  return (
    <section class="secrets" aria-label={title}>
      <div class="secrets-head">
        <h3>{title}</h3>
        {shown === undefined ? (
          <button
            type="button"
            class="ghost"
            disabled={isDisabled}
            onClick={async () => setShown(await fetchSecrets())}
          >
            <Icon name="eye" /> Show secrets
          </button>
        ) : (
          <button type="button" class="ghost" onClick={() => setShown(undefined)}>
            Hide secrets
          </button>
        )}
      </div>
      {secrets.map(([name, label]) => (
        <div key={name} class="secret">
          <p>
            <span>{label}</span>
            <code>{shown?.[name] ?? '••••••••••••••••'}</code>
          </p>
          <button
            type="button"
            class="ghost square"
            aria-label={`Copy ${label.toLowerCase()}`}
            title={`Copy ${label.toLowerCase()}`}
            disabled={isDisabled}
            onClick={copyOne(name, label)}
          >
            <Icon name="copy" />
          </button>
        </div>
      ))}
      <button
        type="button"
        class="ghost"
        disabled={isDisabled}
        onClick={copyOne('authorization', 'Authorization header')}
      >
        <Icon name="copy" /> Copy Authorization header
      </button>
    </section>
  );
}
