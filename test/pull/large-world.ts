import type { AccountFixture, Fixture, UserFixture } from '../../src/index.ts';
import { administrator } from '../conformance/world.ts';

const firstNames = [
  'Aurelia',
  'Benedikt',
  'Cassandra',
  'Dietlinde',
  'Esmeralda',
  'Ferdinand',
  'Gwendolyn',
  'Hieronymus',
];
const lastNames = [
  'Quackenbush',
  'Rumpelstilt',
  'Schwarzwald',
  'Throckmorton',
  'Underhill',
  'Vandersteen',
  'Wolkenstein',
];

/** Two organizations; the second one has so many accounts and users, of every kind. */
export function largeWorld({ accounts, users }: { readonly accounts: number; readonly users: number }): Fixture {
  const each = Math.floor(users / accounts);
  return {
    organizations: [
      {
        id: 1,
        name: 'Elsewhere',
        accounts: [{ id: 1, defaultAccount: true, users: [{ id: 1, email: 'boss@other.example' }] }],
      },
      {
        id: 20,
        name: 'Gargantua & Sons',
        tierId: 3,
        status: 'paid',
        externalId: 'gargantua-ext-77',
        street1: '12 Mulberrystreet',
        country: 'US',
        passwordPolicy: { minLength: 9, previousPasswordCount: 2 },
        roles: [{ key: 'default-user', privileges: ['viewElements', 'viewUsersAccount'] }],
        accounts: Array.from({ length: accounts }, (_, n) =>
          account(n, n === 0 ? users - each * (accounts - 1) : each),
        ),
      },
    ],
  };
}

function account(n: number, users: number): AccountFixture {
  const isDefault = n === 0;
  const active = isDefault || n % 8 !== 7;
  return {
    id: 20 + n,
    defaultAccount: isDefault,
    active,
    name: `Mandrake Holding ${n}`,
    description: `Mandrake pays ${n} in winter`,
    externalId: isDefault ? administrator : `mandrake-${n}-ext`,
    createdDate: '2017-03-04',
    ...(n % 5 === 3 ? { roles: ['admin'] } : {}),
    users: Array.from({ length: users }, (_, k) => user(n, k, active)),
  };
}

function user(account: number, k: number, isAccountActive: boolean): UserFixture {
  const [firstName = '', lastName = ''] = [`${firstNames[k % 8]}${k % 11}`, `${lastNames[k % 7]}`];
  const isAdministrator = account === 0 && k === 0;
  return {
    id: 20 + account * 10_000 + k,
    firstName,
    lastName,
    email: isAdministrator ? administrator : `${firstName}.${lastName}.${account}.${k}@mandrake${account}.test`,
    password: `Mulberry!${account}x${k}y`,
    active: isAccountActive && k % 6 !== 5,
    roles: isAdministrator ? ['org-admin'] : k % 4 === 1 ? ['admin'] : [],
    createdDate: '2018-05-06',
    ...(k % 3 === 0
      ? {
          lastLoginDate: '2020-02-03',
          city: 'Timbuktown',
          phone: `555-${1000 + k}`,
          externalId: `crm-${account}-${k}-x`,
        }
      : {}),
    ...(k % 10 === 9 ? { username: `nick${account}z${k}` } : {}),
    ...(k % 17 === 3 ? { accountLocked: true } : {}),
    ...(k % 19 === 4 ? { credentialsExpired: true } : {}),
    ...(k % 23 === 2
      ? { oauthToken: `tok-${account}-${k}-zzzz`, oauthId: `7${account}8${k}9`, oauthProvider: 'Google' }
      : {}),
  };
}
