import type { TObject, TSchema } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { PasswordPolicySchema } from '../fixtures/fixture-schema.ts';
import { privilegeKeys } from '../state/privileges.ts';
import { accountView, createdAccountView, roleView } from './accounts/views.ts';
import { roles as catalogue } from './roles/roles.ts';
import {
  accountUserListView,
  accountUserSecretView,
  accountUserView,
  createdAccountUserView,
  organizationUserSecretView,
  organizationUserView,
  userSecretView,
  userView,
} from './users/views.ts';
import type { ShownName, View } from './view.ts';

/** What an operation answers with status 200. Schemas are made when somebody asks: calls do not need them. */
export interface AnswerType {
  readonly kind: 'object' | 'list' | 'empty';
  /** Of the body; `undefined` for an empty one. */
  schema(): TSchema | undefined;
  /** What `where` can ask for, of a list. */
  searched?(): readonly string[];
}

const closed = { additionalProperties: false } as const;
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const roleFields = () => ({
  id: Type.Integer(),
  name: Type.String(),
  key: Type.Union(catalogue.map(({ key }) => Type.Literal(key))),
  active: Type.Boolean(),
  description: Type.String(),
  features: Type.Array(Type.Unknown(), { maxItems: 0 }),
});
const roleSchema = () => Type.Object(roleFields(), closed);
const roles = () => Type.Array(roleSchema());
const privileges = () =>
  Type.Array(
    Type.Object({ key: Type.Union(privilegeKeys.map((key) => Type.Literal(key))) }, { ...closed, $id: 'Privilege' }),
  );

/** Of the fields that are more than their type, which is the one that `where` needs. */
const special: Readonly<Record<string, () => TSchema>> = {
  type: () => Type.Union([Type.Literal('Default'), Type.Literal('CompanyAccount')]),
  key: () => roleFields().key,
  password: () => Type.Literal('secured'),
  secret: () => Type.String(),
  oauthToken: () => Type.String(),
  roles,
  features: () => roleFields().features,
  privileges,
  hide: () => Type.Literal(false),
};

function fieldSchema({ name, type }: ShownName): TSchema {
  const own = special[name]?.();
  if (own !== undefined) return own;
  switch (type) {
    case 'number':
      return Type.Integer();
    case 'boolean':
      return Type.Boolean();
    case 'date':
      return Day;
    case 'opaque':
      return Type.Unknown();
    default:
      return Type.String();
  }
}

function viewSchema(
  { fields }: { readonly fields: readonly ShownName[] },
  changes: Record<string, TSchema> = {},
): TObject {
  const properties = fields.map((field) => {
    const schema = changes[field.name] ?? fieldSchema(field);
    return [field.name, field.isOptional ? Type.Optional(schema) : schema];
  });
  return Type.Object(Object.fromEntries(properties), closed);
}

function object(schema: () => TSchema): AnswerType {
  return { kind: 'object', schema };
}

function shown<R>(view: View<R>): AnswerType {
  return object(() => viewSchema(view));
}

/** With the secret on the right password. */
function retrieved<R>(view: View<R>): AnswerType {
  return object(() => viewSchema(view, { secret: Type.Optional(Type.String()) }));
}

function listOf<R>(view: View<R>): AnswerType {
  return { kind: 'list', schema: () => Type.Array(viewSchema(view)), searched: () => [...view.searchFields.keys()] };
}

/** A user whose `createdDate` is epoch milliseconds where the request carried one (seed 002). */
function dated<R>(view: View<R>): AnswerType {
  return object(() => viewSchema(view, { createdDate: Type.Union([Day, Type.Integer({ format: 'int64' })]) }));
}

export const empty: AnswerType = { kind: 'empty', schema: () => undefined };

export const account = shown(accountView);
export const createdAccount = shown(createdAccountView);
export const accounts = listOf(accountView);

export const accountUser = shown(accountUserView);
export const retrievedAccountUser = retrieved(accountUserSecretView);
export const createdAccountUser = shown(createdAccountUserView);
export const listedAccountUser = shown(accountUserListView);
export const accountUsers = listOf(accountUserListView);

export const organizationUser = shown(organizationUserView);
export const retrievedOrganizationUser = retrieved(organizationUserSecretView);
export const createdOrganizationUser = dated(organizationUserSecretView);
export const changedOrganizationUser = dated(organizationUserView);
export const organizationUsers = listOf(organizationUserView);

export const user = shown(userView);
export const retrievedUser = retrieved(userSecretView);
export const users = listOf(userView);

/** As bodies of users and a login show one. */
export const role = object(roleSchema);
export const grantedRole = shown(roleView);
export const grantedRoles = listOf(roleView);

export const passwordPolicy = object(() => PasswordPolicySchema);

const organizationFields = () => ({
  status: Type.Optional(Type.String()),
  environment: Type.Optional(Type.String()),
  active: Type.Boolean(),
  createdDate: Day,
  id: Type.Integer(),
  name: Type.String(),
  secret: Type.String(),
  externalCompany: Type.Object({ revenue: Type.Number() }, closed),
  tierId: Type.Integer(),
  canCreatePeer: Type.Boolean(),
  customerId: Type.Optional(Type.Integer()),
  twoFactorAuthEnabled: Type.Boolean(),
  externalId: Type.Optional(Type.String()),
  vdrVersion: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  street1: Type.Optional(Type.String()),
  street2: Type.Optional(Type.String()),
  city: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  postalCode: Type.Optional(Type.String()),
  country: Type.Optional(Type.String()),
});
export const organization = object(() =>
  Type.Object({ ...organizationFields(), passwordPolicy: PasswordPolicySchema }, closed),
);
/** PUT answers without the policy (seed 003). */
export const renamedOrganization = object(() => Type.Object(organizationFields(), closed));

export const session = object(() =>
  Type.Object(
    {
      token: Type.String(),
      id: Type.Integer(),
      username: Type.String(),
      firstName: Type.String(),
      lastName: Type.String(),
      createdDate: Day,
      lastLoginDate: Day,
      organizationId: Type.Integer(),
      organizationName: Type.String(),
      accountId: Type.Integer(),
      accountName: Type.String(),
      organizationAdmin: Type.Boolean(),
      accountAdmin: Type.Boolean(),
      roles: roles(),
    },
    closed,
  ),
);
export const secrets = object(() =>
  Type.Object({ userSecret: Type.String(), organizationSecret: Type.String() }, closed),
);
