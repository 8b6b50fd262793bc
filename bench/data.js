// The data that every subject serves: the users of one account, and an administrator as the caller. All of it is
// computed from numbers, so that the benchmark and the servers agree on it without files.

export const basePath = '/elements/api-v2';
export const accountId = 2;
const firstUserId = 1001;

export const administrator = {
  email: 'administrator@bench.example',
  secret: 'the-secret-of-the-administrator',
  organizationSecret: 'the-secret-of-the-organization',
};
export const authorization = `User ${administrator.secret}, Organization ${administrator.organizationSecret}`;

export const idOf = (index) => firstUserId + index;

/** The fields of a user that a caller can set. All emails have the same length, because longer ones cost more. */
export const user = (index) => ({
  email: `user${String(index).padStart(5, '0')}@bench.example`,
  firstName: `First${index}`,
  lastName: `Last${index}`,
});

/** Bodies to create users with; `number` must be new in the run. */
export const newUser = (number) => ({
  email: `new${number}@bench.example`,
  firstName: `First${number}`,
  lastName: `Last${number}`,
  password: 'Correct-Horse-9',
});

const orgRole = {
  id: 2717,
  name: 'Organization User',
  key: 'org',
  active: true,
  description: 'Organization User',
  features: [],
};

/** A user as the platform shows it; the functions below add the fields that differ between calls. */
function body(id, createdDate, { email, firstName, lastName }) {
  return {
    head: {
      id,
      createdDate,
      firstName,
      password: 'secured',
      email,
      active: true,
      lastName,
      accountExpired: false,
      accountLocked: false,
      credentialsExpired: false,
      roles: [orgRole],
    },
    tail: { enabled: true, fullName: `${firstName} ${lastName}` },
  };
}

const states = { accountNonLocked: true, credentialsNonExpired: true, accountNonExpired: true };

/** GET of one user. */
export function shown(id, createdDate, fields) {
  const { head, tail } = body(id, createdDate, fields);
  return { ...head, lastLoginDate: '1970-01-01', ...states, ...tail };
}

/** An entry of a list. */
export function listed(id, createdDate, fields) {
  const { head, tail } = body(id, createdDate, fields);
  return { ...head, lastLoginDate: '1970-01-01', ...states, emailValid: true, ...tail };
}

/** The answer to the creation of a user. */
export function created(id, createdDate, fields, secret) {
  const { head, tail } = body(id, createdDate, fields);
  const { accountNonLocked, credentialsNonExpired, accountNonExpired } = states;
  return {
    ...head,
    secret,
    lastLoginDate: '1970-01-01',
    emailValid: true,
    accountNonExpired,
    credentialsNonExpired,
    accountNonLocked,
    ...tail,
  };
}

export const createdDate = '2017-01-01';

/** The same data as a fixture of the emulator. */
export function fixture(users) {
  return {
    organizations: [
      {
        id: 1,
        name: 'Bench',
        secret: administrator.organizationSecret,
        createdDate,
        accounts: [
          {
            id: 1,
            defaultAccount: true,
            users: [{ id: 1, email: administrator.email, secret: administrator.secret, roles: ['org-admin'] }],
          },
          {
            id: accountId,
            externalId: 'customer',
            users: Array.from({ length: users }, (_, index) => ({ id: idOf(index), ...user(index), createdDate })),
          },
        ],
      },
    ],
  };
}
