import { useState } from 'preact/hooks';
import { callAs, openConsole } from '../console/state.ts';
import { type Account, type Credentials, credentialsOf, type Organization, type User } from '../state/api.ts';
import { attempt } from '../state/toasts.ts';
import { Inactive, Roles } from '../ui/badges.tsx';
import { copy } from '../ui/copy.ts';
import { Icon } from '../ui/icon.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { shown } from './shown.ts';

function close(): void {
  shown.value = undefined;
}

/** The record that was opened, in a sheet. */
export function Details() {
  const record = shown.value;
  if (record === undefined) return null;
  if (record.kind === 'organization') return <OrganizationSheet organization={record.organization} />;
  if (record.kind === 'account') return <AccountSheet account={record.account} />;
  return <UserSheet user={record.user} />;
}

type Fields = Readonly<Record<string, string | number | undefined>>;

function FieldList({ fields }: { fields: Fields }) {
  return (
    <dl class="fields">
      {Object.entries(fields).map(
        ([name, value]) =>
          value !== undefined &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function OrganizationSheet({ organization }: { organization: Organization }) {
  const { name, id, active, accounts, users, createdDate, administrator } = organization;
  return (
    <Sheet title={name} onClose={close}>
      {!active && <Inactive />}
      <FieldList
        fields={{ Id: id, Accounts: accounts, Users: users, Created: createdDate, Administrator: administrator }}
      />
      <div class="actions">
        <Use operation="createAccount" user={administrator} label="Add an account" />
        {administrator !== undefined && <Use user={administrator} label="Call as the administrator" />}
      </div>
    </Sheet>
  );
}

function AccountSheet({ account }: { account: Account }) {
  const { name, id, externalId, description, active, defaultAccount, roles, users, createdDate, organizationId } =
    account;
  return (
    <Sheet title={name || externalId} onClose={close}>
      <p class="marks">
        {defaultAccount && <span class="role">default account</span>}
        {!active && <Inactive />}
        <Roles keys={roles} />
      </p>
      <FieldList
        fields={{
          Id: id,
          'External id': externalId,
          Description: description,
          Users: users,
          Created: createdDate,
          Organisation: organizationId,
        }}
      />
      <div class="actions">
        <Use operation="createAccountUser" label="Add a user" />
        <Use operation="updateAccount" label="Change it" />
        <Use operation="deleteAccount" label="Deactivate it" />
      </div>
    </Sheet>
  );
}

function UserSheet({ user }: { user: User }) {
  const { email, username, id, firstName, lastName, active, roles, externalId, createdDate, lastLoginDate } = user;
  return (
    <Sheet title={`${firstName} ${lastName}`.trim() || email} onClose={close}>
      <p class="marks">
        {!active && <Inactive />}
        <Roles keys={roles} />
      </p>
      <FieldList
        fields={{
          Email: email,
          'User name': username,
          Id: id,
          'External id': externalId,
          Account: user.accountId,
          Organisation: user.organizationId,
          Created: createdDate,
          'Last login': lastLoginDate,
        }}
      />
      <Secrets user={user} />
      <div class="actions">
        <Use user={email} label="Call as this user" />
        <Use operation="updateUser" label="Change this user" />
        <Use operation="deleteUser" label="Deactivate this user" />
      </div>
    </Sheet>
  );
}

/** Goes to the console, with an operation or a caller filled in. */
function Use({ operation, user, label }: { operation?: string; user?: string | undefined; label: string }) {
  const onClick = () => {
    close();
    if (user !== undefined) callAs(user);
    openConsole(operation);
  };
  return (
    <button type="button" onClick={onClick}>
      {label}
    </button>
  );
}

/** Masked until asked for; fetched only then. */
function Secrets({ user: { id } }: { user: User }) {
  const [credentials, setCredentials] = useState<Credentials>();
  const reveal = async () => setCredentials(await attempt(() => credentialsOf(String(id))));
  return (
    <section class="secrets" aria-label="Credentials">
      <div class="secrets-head">
        <h3>Credentials</h3>
        {credentials === undefined ? (
          <button type="button" class="ghost" onClick={reveal}>
            <Icon name="eye" /> Show secrets
          </button>
        ) : (
          <button type="button" class="ghost" onClick={() => setCredentials(undefined)}>
            Hide secrets
          </button>
        )}
      </div>
      <Secret name="User secret" value={credentials?.userSecret} />
      <Secret name="Organisation secret" value={credentials?.organizationSecret} />
      <button
        type="button"
        class="ghost"
        onClick={async () => {
          const found = await attempt(() => credentialsOf(String(id)));
          if (found !== undefined) await copy(found.authorization, 'Authorization header');
        }}
      >
        <Icon name="copy" /> Copy Authorization header
      </button>
    </section>
  );
}

function Secret({ name, value }: { name: string; value: string | undefined }) {
  return (
    <p class="secret">
      <span>{name}</span>
      <code>{value ?? '••••••••••••••••'}</code>
    </p>
  );
}
