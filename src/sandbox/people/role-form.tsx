import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { openingPrivileges } from '../../platform/roles/privileges.ts';
import { type PrivilegeKey, privilegeKeys } from '../../state/privileges.ts';
import type { Role } from '../state/api.ts';
import type { Save } from '../state/platform.ts';

const groups: readonly (readonly [string, readonly PrivilegeKey[]])[] = [
  ['Needed by operations', openingPrivileges],
  ['Without effect here', privilegeKeys.filter((key) => !openingPrivileges.includes(key))],
];

/** The privileges of a role, to tick. */
export function RoleForm({ role: { id, key, name, privileges }, save }: { role: Role; save: Save }) {
  const ticked = useSignal<readonly string[]>(privileges);
  useEffect(() => {
    ticked.value = privileges;
  }, [privileges.join()]);
  const isChanged = ticked.value.length !== privileges.length || ticked.value.some((one) => !privileges.includes(one));
  const toggle = (privilege: string) => {
    const others = ticked.value.filter((one) => one !== privilege);
    ticked.value = others.length === ticked.value.length ? [...others, privilege] : others;
  };
  return (
    <form
      class="rule-form"
      aria-label={`Privileges of ${key}`}
      onSubmit={(event) => {
        event.preventDefault();
        const path = `/organizations/roles/${id}`;
        const body = { privileges: ticked.value.map((each) => ({ key: each })) };
        void save(
          { operationId: 'updateOrganizationRole', method: 'PUT', path, body },
          `Saved the privileges of ${name}.`,
        );
      }}
    >
      {groups.map(([title, keys]) => (
        <fieldset key={title} class="ticks">
          <legend>{title}</legend>
          {keys.map((privilege) => (
            <label key={privilege} class="tick">
              <input type="checkbox" checked={ticked.value.includes(privilege)} onChange={() => toggle(privilege)} />
              {privilege}
            </label>
          ))}
        </fieldset>
      ))}
      <button type="submit" class="primary" disabled={!isChanged}>
        Save privileges
      </button>
    </form>
  );
}
