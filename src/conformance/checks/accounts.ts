import type { Check, Untold } from '../check.ts';
import { absent, agree, agreeOn, day, such, text } from '../difference.ts';
import { idsOf, listOf, objectOf } from '../read.ts';

const numeric = such('a whole number', (value) => Number.isInteger(value));

export const accountRows: readonly (Check | Untold)[] = [
  {
    id: 'account-fields',
    sentence:
      'An account in a list has `id`, `name`, `description`, `active`, `companyId`, `createdDate`, `externalId`, `defaultAccount` and `type`',
    source: 'seed 000',
    changes: 'nothing',
    run: async ({ admin }) => {
      const answer = await admin.get('/accounts', { query: { pageSize: 20 } });
      const account = {
        id: numeric,
        name: text,
        description: text,
        active: true,
        companyId: numeric,
        createdDate: day,
        externalId: text,
        defaultAccount: such('true or false', (value) => typeof value === 'boolean'),
        type: text,
      };
      agree(answer, { body: listOf(answer).map(() => account) });
    },
  },
  {
    id: 'account-type',
    sentence: 'The `type` of the default account is `Default`, that of all others `CompanyAccount`',
    source: 'seed 000',
    changes: 'nothing',
    run: async ({ admin }) => {
      const accounts = listOf(await admin.get('/accounts', { query: { pageSize: 200 } }));
      for (const { id, type, defaultAccount } of accounts) {
        agreeOn(`account ${String(id)}: type`, type, defaultAccount === true ? 'Default' : 'CompanyAccount');
      }
    },
  },
  {
    id: 'account-one-default',
    sentence: 'An organization has one default account',
    source: 'seed 002',
    changes: 'nothing',
    run: async ({ admin }) => {
      const query = { where: 'defaultAccount=true', pageSize: 2 };
      const [account, ...others] = listOf(await admin.get('/accounts', { query }));
      agreeOn('number of default accounts', [account, ...others].filter(Boolean).length, 1);
      agreeOn('type of the default account', account?.type, 'Default');
    },
  },
  {
    id: 'account-get',
    sentence: '`GET /accounts/{id}` answers the account that the list has',
    source: 'seed 000',
    changes: 'nothing',
    run: async ({ admin, someAccount }) => {
      const account = await someAccount(true);
      agree(await admin.get(`/accounts/${String(account.id)}`), { body: account });
    },
  },
  {
    id: 'account-unknown',
    sentence: 'An unknown account is 404, also above its users',
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin, unknownId }) => {
      agree(await admin.get(`/accounts/${unknownId}`), 404);
      agree(await admin.get(`/accounts/${unknownId}/users`), 404);
    },
  },
  {
    id: 'account-created',
    sentence: 'The answer to `POST /accounts` has no `createdDate`; the account is active, and not the default one',
    source: 'seed 000',
    changes: 'account',
    run: async ({ account }) => {
      const { id, created } = await account();
      agree(created, {
        body: {
          id,
          active: true,
          defaultAccount: false,
          type: 'CompanyAccount',
          companyId: numeric,
          createdDate: absent,
        },
      });
    },
  },
  {
    id: 'account-name-default',
    sentence: 'Without `name` and `description`, both are the `externalId`',
    source: 'seed 000',
    changes: 'account',
    run: async ({ account, workspace: { name } }) => {
      const { created } = await account();
      agree(created, { body: { externalId: name, name, description: name } });
    },
  },
  {
    id: 'account-external-id-required',
    sentence: 'An account needs an `externalId`: 400 without one, or with a blank one',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, account, workspace: { name } }) => {
      await account();
      // With the name, a server that accepts it makes an account that the run finds to be its own.
      for (const body of [{ externalId: ' ', name }, { name }]) {
        agree(await admin.post('/accounts', body), { status: 400, body: { message: /externalId/ } });
      }
    },
  },
  {
    id: 'account-patch',
    sentence:
      '`PATCH /accounts/{id}` changes name, description and externalId, and answers the account with `createdDate`',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, account, accountPath, workspace }) => {
      const changed = { name: 'Other', description: 'changed', externalId: `${workspace.name} changed` };
      const { id } = await account();
      agree(await admin.patch(await accountPath(), changed), { body: { ...changed, id, createdDate: day } });
      agree(await admin.get(await accountPath()), { body: changed });
    },
  },
  {
    id: 'account-read-only',
    sentence:
      '`id`, `companyId`, `defaultAccount`, `type` and `createdDate` of an account cannot be changed: they are ignored',
    source: 'ours',
    note: "the vendor's clients send whole accounts back",
    changes: 'account',
    run: async ({ admin, accountPath }) => {
      const { id, companyId, defaultAccount, type, createdDate } = objectOf(await admin.get(await accountPath()));
      const fixed = { id, companyId, defaultAccount, type, createdDate };
      const others = { id: 1, companyId: 2, defaultAccount: true, type: 'Default', createdDate: '2001-01-01' };
      agree(await admin.patch(await accountPath(), others), { body: fixed });
      agree(await admin.get(await accountPath()), { body: fixed });
    },
  },
  {
    id: 'external-id-unique',
    sentence: '`externalId` is unique among the active accounts of an organization: that of a deleted account is free',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, accountPath, someAccount, workspace: { name } }) => {
      agree(await admin.patch(await accountPath(), { externalId: name }), 200);
      agree(await admin.post('/accounts', { externalId: name }), 409);
      agree(await admin.patch(await accountPath(), { externalId: (await someAccount(true)).externalId }), 409);
      // Runs leave inactive accounts, so that from the second run on there is one.
      const all = listOf(await admin.get('/accounts', { query: { includeInactive: true, where: 'active=false' } }));
      const [deleted] = all;
      if (deleted !== undefined) {
        agree(await admin.patch(await accountPath(), { externalId: deleted.externalId }), 200);
      }
    },
  },
  {
    id: 'external-id-number',
    sentence: 'A number is accepted as `externalId` and kept as text',
    source: 'vendor docs',
    note: "the vendor's clients send it",
    changes: 'account',
    run: async ({ admin, account, accountPath }) => {
      const { id } = await account();
      const number = 77_000_000_000 + id;
      agree(await admin.patch(await accountPath(), { externalId: number }), { body: { externalId: String(number) } });
    },
  },
  {
    id: 'account-extra-fields',
    sentence:
      '`status` and `environment` of an account, and of the organization also `customerId`, `externalId`, `vdrVersion`, `street1`, `street2`, `city`, `state`, `postalCode` and `country`, are shown when the fixture has them',
    source: 'seed 003',
    note: "and the vendor's pages",
    why: 'no call sets these fields',
  },
  {
    id: 'organization-accounts',
    sentence: "`/organizations/{id}/accounts` is `/accounts` for the caller's organization; another id is 404",
    source: 'vendor docs',
    changes: 'nothing',
    run: async ({ admin, organization, someAccount, unknownId }) => {
      const path = `/organizations/${String(organization.id)}/accounts`;
      const query = { pageSize: 50 };
      agreeOn(`${path}: ids`, idsOf(await admin.get(path, { query })), idsOf(await admin.get('/accounts', { query })));
      const account = await someAccount(true);
      agree(await admin.get(`${path}/${String(account.id)}`), { body: account });
      agree(await admin.get(`${path}/${unknownId}`), 404);
      agree(await admin.get(`/organizations/${unknownId}/accounts`), 404);
    },
  },
];
