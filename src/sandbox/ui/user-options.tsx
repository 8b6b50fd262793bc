import type { User } from '../state/api.ts';

/** The users that the browser suggests for a field. */
export function UserOptions({ id, users }: { id: string; users: readonly User[] }) {
  return (
    <datalist id={id}>
      {users.map(({ id: own, email, firstName, lastName, roles }) => (
        <option key={own} value={email}>
          {`${firstName} ${lastName} ${roles.join(', ')}`.trim()}
        </option>
      ))}
    </datalist>
  );
}
