import { createEmulator, type Emulator, type Fixture } from '../../src/index.ts';

/** Nearly any password will do, as in the documents' own organization (seed 003). */
const passwordPolicy = {
  minLength: 1,
  minUppercase: 0,
  minLowercase: 0,
  minNumbers: 0,
  minSymbols: 0,
  symbolCharacterSet: '!"?$%^&*()_-+={[}]:;@\'~#|\\<,>/. €',
};

/** Two organizations with a user in every position that decides who may call what. */
export const world: Fixture = {
  organizations: [
    {
      id: 10,
      name: 'Ten',
      secret: '10101010101010101010101010101010',
      createdDate: '2020-01-01',
      passwordPolicy,
      accounts: [
        {
          id: 100,
          defaultAccount: true,
          name: 'Default of Ten',
          description: 'Where administrators live',
          externalId: 'ten-default',
          users: [
            { id: 1000, email: 'administrator@ten.example', password: 'admin-pw', roles: ['org-admin'] },
            { id: 1001, email: 'plain@ten.example', password: 'plain-pw', roles: [] },
            { id: 1002, email: 'inactive@ten.example', password: 'inactive-pw', active: false, roles: ['org-admin'] },
          ],
        },
        {
          id: 110,
          name: 'Here',
          externalId: 'here',
          users: [
            { id: 1100, email: 'admin@here.example', password: 'here-pw', roles: ['admin'] },
            {
              id: 1101,
              email: 'user@here.example',
              firstName: 'Uma',
              lastName: 'User',
              password: 'user-pw',
              roles: [],
              phone: '555-0101',
              externalId: 'uma-1',
            },
          ],
        },
        {
          id: 120,
          name: 'There',
          externalId: 'there',
          roles: ['default-user'],
          users: [{ id: 1200, email: 'admin@there.example', password: 'there-pw', roles: ['admin'] }],
        },
        { id: 130, name: 'Gone', externalId: 'gone', active: false, users: [] },
      ],
    },
    {
      id: 20,
      name: 'Twenty',
      passwordPolicy,
      accounts: [
        {
          id: 200,
          defaultAccount: true,
          externalId: 'twenty-default',
          users: [{ id: 2000, email: 'administrator@twenty.example', password: 'twenty-pw', roles: ['org-admin'] }],
        },
      ],
    },
  ],
  sequences: { account: 500, user: 5000 },
};

/** An emulator with this fixture, its clock stopped on 1 March 2020. */
export function createWorld(): Emulator {
  return createEmulator({ fixture: world, now: '2020-03-01T10:20:30Z', seed: 'world' });
}
