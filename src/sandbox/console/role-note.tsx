import { chosen } from '../state/records.ts';
import { openConsole, operation } from './state.ts';

/** Says that the chosen record has no role yet which the operation could show or revoke, and offers to grant one. */
export function RoleNote() {
  const { id = '', path = '', method = 'PUT' } = operation.value ?? {};
  if (method === 'PUT' || !/^\/(accounts|users)\/\{id\}\/roles\/\{key\}$/.test(path)) return null;
  const isAccount = path.startsWith('/accounts');
  const record = isAccount ? chosen.value.account : chosen.value.user;
  if (record === undefined || record.roles.length > 0) return null;
  return (
    <p key={id} class="field-note" role="status">
      {isAccount ? 'Account' : 'User'} {record.id} has no role yet, so the answer is 404.{' '}
      <button type="button" class="link" onClick={() => openConsole(isAccount ? 'grantAccountRole' : 'grantUserRole')}>
        Grant one first
      </button>
    </p>
  );
}
