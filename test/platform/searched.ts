import type { Fixture } from '../../src/index.ts';

/** Two organizations whose records a `where` can tell apart. */
export const searched: Fixture = {
  organizations: [
    {
      id: 1,
      name: 'One',
      accounts: [
        {
          id: 10,
          defaultAccount: true,
          externalId: 'you@one.example',
          name: 'Default',
          createdDate: '2017-01-14T23:59:59Z',
          users: [
            { id: 100, email: 'admin@one.example', firstName: 'Ann', lastName: 'Lee', roles: ['org-admin'] },
            {
              id: 101,
              email: 'Bob@one.example',
              firstName: 'Bob',
              lastName: 'Lee',
              externalId: 'x',
              password: 'pw',
              secret: 's',
              active: false,
              roles: [],
            },
            {
              id: 102,
              email: 'cy@one.example',
              firstName: 'Cy',
              lastName: "O'Neil",
              externalId: '7',
              city: 'Denver',
              roles: [],
            },
          ],
        },
        {
          id: 11,
          externalId: '1984',
          name: 'Eleven',
          createdDate: '2017-01-15',
          users: [{ id: 110, email: 'dee@one.example', externalId: 'x' }],
        },
        { id: 12, externalId: '007', name: "It's", createdDate: '2017-01-15T12:00:00Z' },
        { id: 13, externalId: 'gone', name: 'Gone', createdDate: '2018-01-01', active: false },
        { id: 14, externalId: 'gone', name: '100%_done', createdDate: '2018-01-01' },
      ],
    },
    {
      id: 2,
      name: 'Two',
      accounts: [
        {
          id: 20,
          defaultAccount: true,
          externalId: '1984',
          users: [{ id: 200, email: 'eve@two.example', externalId: 'x' }],
        },
      ],
    },
  ],
};
