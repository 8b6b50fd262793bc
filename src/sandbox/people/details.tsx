import { useState } from 'preact/hooks';
import { type Account, type Credentials, credentialsOf, type Organization, type User } from '../state/api.ts';
import { attempt } from '../state/toasts.ts';
import { Inactive, Roles } from '../ui/badges.tsx';
import { copy } from '../ui/copy.ts';
import { FieldList } from '../ui/field-list.tsx';
import { Icon } from '../ui/icon.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { visible } from '../words.ts';
import { accountOfUser, isGone, organizationOf, show, showAccount, shown } from './shown.ts';
import { Use } from './use.tsx';

function close(): void {
  shown.value = undefined;
}

/** The sheet of the shown record. */
export function Details() {
  const record = shown.value;
  if (record === undefined) return null;
  if (record.kind === 'organization') return <OrganizationSheet organization={record.organization} />;
  if (record.kind === 'account') return <AccountSheet account={record.account} />;
  return <UserSheet user={record.user} />;
}

function Gone({ what }: { what: string }) {
  return <div role="status">{isGone.value && <p class="callout">This {what} is gone.</p>}</div>;
}

/** A link to the record that this one belongs to. */
function Link({ name, id, onClick }: { name: string | undefined; id: number; onClick: () => unknown }) {
  return (
    <button type="button" class="link" disabled={isGone.value} onClick={onClick}>
      {name ? visible(`${name} (${id})`) : id}
    </button>
  );
}

function OrganizationLink({ id }: { id: number }) {
  const organization = organizationOf(id);
  if (organization === undefined) return id;
  return <Link name={organization.name} id={id} onClick={() => show({ kind: 'organization', organization })} />;
}

function OrganizationSheet({ organization }: { organization: Organization }) {
  const { name, id, active, accounts, users, createdDate, administrator } = organization;
  return (
    <Sheet title={name} onClose={close}>
      <Gone what="organization" />
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
      <Gone what="account" />
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
          Organization: <OrganizationLink id={organizationId} />,
        }}
      />
      <div class="actions">
        <Use operation="createAccountUser" organization={organizationId} label="Add a user" />
        <Use operation="updateAccount" organization={organizationId} label="Edit…" />
        <Activity isActive={active} kind="Account" organization={organizationId} />
      </div>
    </Sheet>
  );
}

function UserSheet({ user }: { user: User }) {
  const { email, username, id, firstName, lastName, active, roles, externalId, createdDate, lastLoginDate } = user;
  const { accountId, organizationId } = user;
  const account = accountOfUser.value;
  return (
    <Sheet title={`${firstName} ${lastName}`.trim() || email} onClose={close}>
      <Gone what="user" />
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
          Account: (
            <Link
              name={account?.id === accountId ? account.name || account.externalId : undefined}
              id={accountId}
              onClick={() => showAccount(accountId)}
            />
          ),
          Organization: <OrganizationLink id={organizationId} />,
          Created: createdDate,
          'Last login': lastLoginDate,
        }}
      />
      <Secrets key={id} user={user} />
      <div class="actions">
        <Use user={email} label="Call as this user" />
        <Use operation="updateUser" organization={organizationId} label="Edit…" />
        <Activity isActive={active} kind="User" organization={organizationId} />
      </div>
    </Sheet>
  );
}

interface ActivityProps {
  readonly isActive: boolean;
  readonly kind: 'Account' | 'User';
  readonly organization: number;
}

/** The button that deactivates an active record and activates an inactive one. */
function Activity({ isActive, kind, organization }: ActivityProps) {
  // DELETE deactivates an account, but removes a user for good.
  if (isActive && kind === 'Account') {
    return <Use operation="deleteAccount" organization={organization} label="Deactivate…" />;
  }
  const label = isActive ? 'Deactivate…' : 'Activate…';
  return <Use operation={`update${kind}`} organization={organization} sent={{ active: !isActive }} label={label} />;
}

/** The user's secrets, which are fetched and shown only on request. */
function Secrets({ user: { id } }: { user: User }) {
  const [credentials, setCredentials] = useState<Credentials>();
  const reveal = async () => setCredentials(await attempt(() => credentialsOf(String(id))));
  return (
    <section class="secrets" aria-label="Credentials">
      <div class="secrets-head">
        <h3>Credentials</h3>
        {credentials === undefined ? (
          <button type="button" class="ghost" disabled={isGone.value} onClick={reveal}>
            <Icon name="eye" /> Show secrets
          </button>
        ) : (
          <button type="button" class="ghost" onClick={() => setCredentials(undefined)}>
            Hide secrets
          </button>
        )}
      </div>
      <Secret name="User secret" value={credentials?.userSecret} />
      <Secret name="Organization secret" value={credentials?.organizationSecret} />
      <button
        type="button"
        class="ghost"
        disabled={isGone.value}
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
