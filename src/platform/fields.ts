import type { Static, TSchema } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { emailForm } from '../fixtures/fixture-schema.ts';
import { dateOfEpoch, parseDate } from '../state/dates.ts';
import type { PasswordPolicy } from '../state/records.ts';
import type { AccountCreate, AccountUpdate } from './accounts/rules.ts';
import type { LogIn } from './authentication/rules.ts';
import { bodyType, listBodyType } from './body.ts';
import { BadRequestError } from './errors.ts';
import type { RoleChange } from './roles/organization-rules.ts';
import { maxPreviousPasswords } from './users/passwords.ts';
import type { UserCreate, UserUpdate } from './users/user-rules.ts';

/** The bodies of the operations. */

const optional = <S extends TSchema>(schema: S) => Type.Optional(schema);

const Text = Type.String();
const Filled = Type.String({ pattern: '\\S', title: 'a text that is not blank' });
const Key = ($id: string, example: string) =>
  Type.Object({ key: Filled }, { $id, title: `an object such as {"key": "${example}"}` });
const Email = Type.String(emailForm);
const Flag = Type.Boolean();
const Roles = Type.Array(Key('RoleGrant', 'admin'), { title: 'a list of objects with a key' });

/** A number is accepted for an external id, and kept as text (spec section 3). */
const ExternalId = Type.Union([Filled, Type.Number()], { title: 'a text that is not blank, or a number' });

const CreatedDate = Type.Union([Text, Type.Number()], {
  title: 'a date (YYYY-MM-DD, an ISO 8601 timestamp or epoch milliseconds)',
});

const address = {
  city: optional(Text),
  country: optional(Text),
  phone: optional(Text),
  postalCode: optional(Text),
  // Seed 002 sends `stateprovince` too, which is no field and is dropped.
  stateProvince: optional(Text),
  street1: optional(Text),
  street2: optional(Text),
};

const userUpdate = {
  firstName: optional(Filled),
  lastName: optional(Filled),
  email: optional(Email),
  password: optional(Filled),
  roles: optional(Roles),
  active: optional(Flag),
  externalId: optional(ExternalId),
  ...address,
};

export const accountCreate = bodyType(
  Type.Object({ externalId: ExternalId, name: optional(Filled), description: optional(Text) }),
  ({ externalId, ...fields }): AccountCreate => ({ ...fields, externalId: String(externalId) }),
);

export const accountUpdate = bodyType(
  Type.Object({
    externalId: optional(ExternalId),
    name: optional(Filled),
    description: optional(Text),
    active: optional(Flag),
  }),
  (fields): AccountUpdate => withExternalId(fields),
);

export const accountUserCreate = bodyType(
  Type.Object({
    firstName: Filled,
    lastName: Filled,
    email: Email,
    password: Filled,
    roles: optional(Roles),
    ...address,
  }),
  (fields): UserCreate => fields,
);

export const accountUserUpdate = bodyType(Type.Object(userUpdate), (fields): UserUpdate => withExternalId(fields));

export const organizationUserCreate = bodyType(
  Type.Object({
    firstName: Filled,
    lastName: Filled,
    email: Email,
    password: optional(Filled),
    username: optional(
      Type.String({ pattern: '\\S', maxLength: 254, title: 'a text that is not blank, of 254 characters at most' }),
    ),
    roles: optional(Roles),
    createdDate: optional(CreatedDate),
    ...address,
  }),
  ({ username, ...fields }): UserCreate => ({
    ...withCreatedDate(fields),
    // A user name that is the email stays so when the email changes.
    ...(username === undefined || username === fields.email ? {} : { username }),
  }),
);

export const organizationUserUpdate = bodyType(
  Type.Object({ ...userUpdate, createdDate: optional(CreatedDate) }),
  (fields): UserUpdate => withCreatedDate(withExternalId(fields)),
);

export const organizationUpdate = bodyType(Type.Object({ name: Filled }), ({ name }) => name);

/** PUT /organizations/password-policies: here `null` is not "not given", but a value out of bounds (vendor docs). */
export const passwordPolicyUpdate = bodyType(
  Type.Object(
    {
      minLength: optional(Type.Integer({ minimum: 8, maximum: 100 })),
      minUppercase: optional(Type.Integer({ minimum: 0, maximum: 10 })),
      minLowercase: optional(Type.Integer({ minimum: 0, maximum: 10 })),
      minNumbers: optional(Type.Integer({ minimum: 0, maximum: 10 })),
      minSymbols: optional(Type.Integer({ minimum: 0, maximum: 10 })),
      symbolCharacterSet: optional(Type.String({ maxLength: 1000, title: 'a text of 1000 characters at most' })),
      previousPasswordCount: optional(Type.Integer({ minimum: 0, maximum: maxPreviousPasswords })),
      expirationDays: optional(Type.Integer({ minimum: 0 })),
    },
    { noNull: true },
  ),
  (fields): Partial<PasswordPolicy> => fields,
);

const Privileges = Type.Array(Key('PrivilegeGrant', 'viewUsersOrg'), { title: 'a list of objects with a key' });

export const roleUpdate = bodyType(Type.Object({ privileges: Privileges }), ({ privileges }) => privileges);

export const rolesUpdate = listBodyType(
  Type.Object(
    { id: optional(Type.Integer()), key: optional(Filled), privileges: Privileges },
    { $id: 'RolePrivileges' },
  ),
  (fields): RoleChange => fields,
);

export const logIn = bodyType(Type.Object({ username: Filled, password: Filled }), (fields): LogIn => fields);

export const ownPassword = bodyType(Type.Object({ password: Filled }), ({ password }) => password);

function withExternalId<F extends { externalId?: Static<typeof ExternalId> }>(
  fields: F,
): Omit<F, 'externalId'> & { externalId?: string } {
  const { externalId, ...rest } = fields;
  return externalId === undefined ? rest : { ...rest, externalId: String(externalId) };
}

function withCreatedDate<F extends { createdDate?: Static<typeof CreatedDate> }>(
  fields: F,
): Omit<F, 'createdDate'> & { createdDate?: number } {
  const { createdDate, ...rest } = fields;
  if (createdDate === undefined) return rest;
  const date = typeof createdDate === 'number' ? dateOfEpoch(createdDate) : parseDate(createdDate);
  if (date === undefined) throw new BadRequestError(`Field 'createdDate' must be ${CreatedDate.title}.`);
  return { ...rest, createdDate: date.at };
}
