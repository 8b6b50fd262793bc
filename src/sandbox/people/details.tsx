import { Secrets } from '../connect/secrets.tsx';
import type { Account, Organization, User } from '../state/api.ts';
import { Inactive, Roles } from '../ui/badges.tsx';
import { FieldList } from '../ui/field-list.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { visible } from '../words.ts';
import { Rules } from './rules.tsx';
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
  return <div role="status">{isGone.value && <p class="callout">This {what} no longer exists.</p>}</div>;
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
      {administrator !== undefined && (
        <Secrets key={id} user={administrator} isDisabled={isGone.value} title="Credentials of the administrator" />
      )}
      <div class="actions">
        <Use operation="createAccount" user={administrator} label="Add an account" />
        {administrator !== undefined && <Use user={administrator} label="Call as the administrator" />}
      </div>
      <Rules key={id} organization={organization} />
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
      <Secrets key={id} user={String(id)} isDisabled={isGone.value} />
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
