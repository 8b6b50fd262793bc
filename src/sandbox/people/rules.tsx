import { useEffect, useState } from 'preact/hooks';
import type { PasswordPolicy } from '../../state/records.ts';
import { get, type Organization, type Role } from '../state/api.ts';
import { change, type Save } from '../state/platform.ts';
import { revision } from '../state/records.ts';
import { attempt, say } from '../state/toasts.ts';
import { counted } from '../words.ts';
import { PolicyForm } from './policy-form.tsx';
import { RoleForm } from './role-form.tsx';

/** What GET /__emulator/organizations/{id} answers. */
interface Answer {
  readonly roles: readonly Role[];
  readonly passwordPolicy: PasswordPolicy;
}

/** The roles of an organization with their privileges, and its password policy: to see, and to change as its administrator. */
export function Rules({ organization: { id, administrator } }: { organization: Organization }) {
  const [rules, setRules] = useState<Answer>();
  useEffect(() => {
    // An organization that is gone has no rules: its sheet says that it is gone.
    get<Answer>(`/organizations/${id}`).then(setRules, () => undefined);
  }, [id, revision.value]);
  if (rules === undefined) return null;
  const save: Save = async (asked, done) => {
    if (administrator === undefined) return say('The organization has no administrator who could change it.');
    await attempt(async () => {
      await change(administrator, asked);
      say(done);
    });
  };
  const { roles, passwordPolicy } = rules;
  const asCatalog = { operationId: 'resetOrganizationRoles', method: 'PUT', path: '/organizations/roles/reset' };
  return (
    <section class="rules" aria-label="Roles and password policy">
      <h3>Roles and their privileges</h3>
      {roles.map((role) => (
        <details key={role.key} class="more">
          <summary>
            {role.name} <code>{role.key}</code> <span class="count">{role.privileges.length}</span>
          </summary>
          <RoleForm role={role} save={save} />
        </details>
      ))}
      <button
        type="button"
        class="ghost small"
        onClick={() => save(asCatalog, 'All roles have the privileges of the catalog.')}
      >
        Back to the catalog’s privileges
      </button>
      <h3>Password policy</h3>
      <details class="more">
        <summary>{inShort(passwordPolicy)}</summary>
        <PolicyForm policy={passwordPolicy} save={save} />
      </details>
    </section>
  );
}

/** A policy in one line. */
function inShort({ minLength, minUppercase, minLowercase, minNumbers, minSymbols }: PasswordPolicy): string {
  const parts = [counted(minNumbers, 'digit'), counted(minSymbols, 'symbol')];
  return [
    `At least ${counted(minLength, 'character')}`,
    `${minUppercase} upper-case`,
    `${minLowercase} lower-case`,
    ...parts,
  ].join(' · ');
}
