import * as Type from '@sinclair/typebox';
import { type PrivilegeKey, privilegeKeys } from '../../state/privileges.ts';
import { closed } from '../answer.ts';
import { type ShownField, viewOf } from '../view.ts';
import { type RoleBody, roles } from './roles.ts';

const roleKey = () => Type.Union(roles.map(({ key }) => Type.Literal(key)));
const noFeatures = () => Type.Array(Type.Unknown(), { maxItems: 0 });

/** A role with the privileges that it has in an organization. */
export interface RoleRecord extends RoleBody {
  readonly privileges: readonly PrivilegeKey[];
}

const roleFields = {
  id: { type: 'number', description: 'The id, which paths take.', read: (role) => role.id },
  name: { type: 'text', description: 'The name.', read: (role) => role.name },
  key: {
    type: 'text',
    description: 'The key of the role in requests.',
    schema: roleKey,
    read: (role) => role.key,
  },
  active: { type: 'boolean', description: 'Always true.', read: (role) => role.active },
  description: { type: 'text', description: 'A short description.', read: (role) => role.description },
  features: { type: 'opaque', description: 'Always empty.', schema: noFeatures, read: (role) => role.features },
} satisfies Record<string, ShownField<RoleBody>>;

const grantedRoleFields = {
  ...roleFields,
  privileges: {
    type: 'opaque',
    description: 'The privileges of the role.',
    schema: () =>
      Type.Array(
        Type.Object(
          {
            key: Type.Union(
              privilegeKeys.map((key) => Type.Literal(key)),
              { description: 'The key of the privilege in requests.' },
            ),
          },
          { ...closed, $id: 'Privilege', description: 'Something that a role lets users do.' },
        ),
      ),
    read: (role) => role.privileges.map((key) => ({ key })),
  },
  hide: { type: 'opaque', description: 'Always false.', schema: () => Type.Literal(false), read: () => false },
} satisfies Record<string, ShownField<RoleRecord>>;

const ofRole = ['id', 'name', 'key', 'active', 'description', 'features'] as const;

/** A role as the bodies of users and a login show it (seed 000). */
export const roleInUserView = viewOf(roleFields, ofRole);

/** A role as /users/{id}/roles, /accounts/{id}/roles and /organizations/roles answer it. */
export const roleView = viewOf(grantedRoleFields, [...ofRole, 'privileges', 'hide']);
