import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PasswordPolicy } from '../../state/records.ts';
import type { Save } from '../state/platform.ts';

const labels = {
  minLength: 'Characters, at least',
  minUppercase: 'Upper-case letters, at least',
  minLowercase: 'Lower-case letters, at least',
  minNumbers: 'Digits, at least',
  minSymbols: 'Symbols, at least',
  symbolCharacterSet: 'What counts as a symbol',
  previousPasswordCount: 'Last passwords not to use again',
  expirationDays: 'Days until a password expires',
} as const satisfies Record<keyof PasswordPolicy, string>;

const target = { operationId: 'updatePasswordPolicy', method: 'PUT', path: '/organizations/password-policies' };

/** The password policy, to change; only the changed fields are sent. */
export function PolicyForm({ policy, save }: { policy: PasswordPolicy; save: Save }) {
  const typed = useSignal<Readonly<Record<string, string>>>({});
  useEffect(() => {
    typed.value = {};
  }, [JSON.stringify(policy)]);
  const before = Object.entries(policy).map(([name, value]) => [name, String(value)] as const);
  const changed = before.filter(([name, value]) => (typed.value[name] ?? value) !== value).map(([name]) => name);
  const send = () => {
    const body = changed.map((name) => {
      const text = typed.value[name] ?? '';
      return [name, name === 'symbolCharacterSet' ? text : Number(text)];
    });
    return save({ ...target, body: Object.fromEntries(body) }, 'Saved the password policy.');
  };
  return (
    <form
      class="rule-form"
      aria-label="Password policy"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {before.map(([name, value]) => (
        <div key={name} class="field">
          <label for={`policy-${name}`}>{nameOf(name)}</label>
          <input
            id={`policy-${name}`}
            {...(name === 'symbolCharacterSet' ? { type: 'text' } : { type: 'number', min: 0, required: true })}
            spellcheck={false}
            autocomplete="off"
            value={typed.value[name] ?? value}
            onInput={({ currentTarget }) => {
              typed.value = { ...typed.value, [name]: currentTarget.value };
            }}
          />
        </div>
      ))}
      <div class="actions">
        <button type="submit" class="primary" disabled={changed.length === 0}>
          Save policy
        </button>
        <button
          type="button"
          class="ghost"
          onClick={() =>
            save(
              { ...target, operationId: 'deletePasswordPolicy', method: 'DELETE' },
              'The password policy is the platform’s default.',
            )
          }
        >
          Back to the default
        </button>
      </div>
    </form>
  );
}

function nameOf(field: string): string {
  return Object.entries(labels).find(([name]) => name === field)?.[1] ?? field;
}
