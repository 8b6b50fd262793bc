import type { Check } from '../check.ts';
import { absent, agree, day, id, such, text } from '../difference.ts';

const flag = such('true or false', (value) => typeof value === 'boolean');

export const organizationRows: readonly Check[] = [
  {
    id: 'organization-fields',
    sentence:
      '`GET /organizations/me` answers `active`, `createdDate`, `id`, `name`, `secret`, `externalCompany`, `tierId`, `canCreatePeer`, `passwordPolicy` and `twoFactorAuthEnabled`',
    source: 'seed 003',
    changes: 'nothing',
    run: async ({ admin, organizationSecret }) => {
      agree(await admin.get('/organizations/me'), {
        body: {
          active: true,
          createdDate: day,
          id,
          name: text,
          secret: such('the secret of the call', (value) => value === organizationSecret),
          externalCompany: {},
          tierId: id,
          canCreatePeer: flag,
          passwordPolicy: {},
          twoFactorAuthEnabled: flag,
        },
      });
    },
  },
  {
    id: 'organization-policy-fields',
    sentence:
      'The `passwordPolicy` has `minLength`, `minUppercase`, `minLowercase`, `minNumbers`, `minSymbols`, `symbolCharacterSet`, `previousPasswordCount` and `expirationDays`',
    source: 'seed 003',
    changes: 'nothing',
    run: async ({ admin }) => {
      agree(await admin.get('/organizations/me'), {
        body: {
          passwordPolicy: {
            minLength: id,
            minUppercase: id,
            minLowercase: id,
            minNumbers: id,
            minSymbols: id,
            symbolCharacterSet: such('a text', (value) => typeof value === 'string'),
            previousPasswordCount: id,
            expirationDays: id,
          },
        },
      });
    },
  },
  {
    id: 'organization-put',
    sentence: '`PUT /organizations/me` changes the name, and answers the organization without its `passwordPolicy`',
    source: 'seed 003',
    changes: 'organization',
    run: async ({ admin, organization, workspace }) => {
      const { name } = organization;
      workspace.undoLater(async (caller) => agree(await caller.put('/organizations/me', { name }), 200));
      agree(await admin.put('/organizations/me', { name: `${String(name)} (compared)` }), {
        body: { id: organization.id, name: `${String(name)} (compared)`, passwordPolicy: absent },
      });
      agree(await admin.get('/organizations/me'), { body: { name: `${String(name)} (compared)` } });
    },
  },
  {
    id: 'organization-name-required',
    sentence: '`PUT /organizations/me` without a name, or with a blank one, is 400',
    source: 'ours',
    changes: 'organization',
    run: async ({ admin, organization, workspace }) => {
      const { name } = organization;
      workspace.undoLater(async (caller) => agree(await caller.put('/organizations/me', { name }), 200));
      agree(await admin.put('/organizations/me', {}), { status: 400, body: { message: /name/ } });
      agree(await admin.put('/organizations/me', { name: ' ' }), { status: 400, body: { message: /name/ } });
    },
  },
];
