import type { Emulator, Fixture } from '../../src/index.ts';

/** An organization that has everything a check needs, and another one whose ids are the lowest. */
export const world: Fixture = {
  organizations: [
    {
      id: 1,
      name: 'Other',
      accounts: [{ id: 1, defaultAccount: true, users: [{ id: 1, email: 'boss@other.example' }] }],
    },
    {
      id: 20,
      name: 'Compared',
      accounts: [
        {
          id: 20,
          defaultAccount: true,
          externalId: 'boss@compared.example',
          users: [
            { id: 20, email: 'boss@compared.example', roles: ['org-admin'], city: 'Springville' },
            { id: 21, email: 'second@compared.example', roles: [] },
          ],
        },
        { id: 21, externalId: 'customer', users: [{ id: 22, email: 'kim@customer.example', roles: ['admin'] }] },
        { id: 22, externalId: 'former customer', active: false, users: [] },
      ],
    },
  ],
};

/** The email of the administrator of the organization that is compared. */
export const administrator = 'boss@compared.example';

/** The secrets with which an emulator of this world is compared. */
export function secretsOf(emulator: Emulator): { userSecret: string; organizationSecret: string } {
  const parts = emulator.authorizationFor(administrator).split(', ');
  const [userSecret = '', organizationSecret = ''] = parts.map((part) => part.split(' ')[1]);
  return { userSecret, organizationSecret };
}
