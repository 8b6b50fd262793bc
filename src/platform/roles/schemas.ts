import * as Type from '@sinclair/typebox';
import { listOf, shown, viewSchema } from '../answer.ts';
import { bodyType, listBodyType } from '../body.ts';
import { filled, keys } from '../fields.ts';
import { roleInUserView, roleView } from './views.ts';

/** The requests and answers of the operations of roles. */

/** Of a role in the body of a user or a login. */
export const roleSchema = () =>
  viewSchema(roleInUserView, { $id: 'Role', description: 'A role as users and logins show it.' });

const grantedRoleSchema = {
  $id: 'GrantedRole',
  description: 'A role with the privileges that it has in the organization.',
};

export const grantedRole = shown(roleView, grantedRoleSchema);
export const grantedRoles = listOf(roleView, grantedRoleSchema);

const privileges = keys(
  {
    $id: 'PrivilegeGrant',
    description: 'A privilege by its key.',
    example: 'viewUsersOrg',
    key: 'Such as `viewUsersOrg`, `modifySecurity` or `configureRoles`.',
  },
  'All privileges that the role shall have.',
);

export const roleUpdate = bodyType(Type.Object({ privileges }, { $id: 'RoleUpdate' }), ({ privileges }) => privileges);

export const rolesUpdate = listBodyType(
  'RolesUpdate',
  Type.Object(
    {
      id: Type.Optional(Type.Integer({ description: 'The id, which paths take.' })),
      key: Type.Optional(filled('The key of the role in requests.')),
      privileges,
    },
    {
      $id: 'RolePrivileges',
      description: 'A role, by its `key` or its `id`, and its new privileges.',
    },
  ),
  (fields) => fields,
);
