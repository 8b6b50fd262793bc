import type { Check } from '../check.ts';
import { absent, agree, agreeOn, day, such } from '../difference.ts';
import { keysOf, objectOf, prepared } from '../read.ts';

export const userFieldRows: readonly Check[] = [
  {
    id: 'user-role-org',
    sentence: 'Every user has the role `org` in addition to the granted ones',
    source: 'seed 000',
    note: '001 prints empty lists',
    changes: 'account',
    run: async ({ createUser }) => {
      const [plain, administrator] = [await createUser(), await createUser({ roles: [{ key: 'admin' }] })];
      agreeOn('roles of a user without roles', keysOf(plain.body, 'roles', 'POST'), ['org']);
      agreeOn('roles of an administrator', keysOf(administrator.body, 'roles', 'POST'), ['admin', 'org']);
    },
  },
  {
    id: 'user-role-fields',
    sentence:
      'A role in the body of a user has `id`, `name`, `key`, `active`, `description` and `features`, in the words of 000',
    source: 'seed 000',
    changes: 'account',
    run: async ({ createUser }) => {
      const { body } = await createUser({ roles: [{ key: 'admin' }] });
      agreeOn('roles', body.roles, [
        {
          id: 3,
          name: 'Administrator',
          key: 'admin',
          active: true,
          description: 'Cloud Elements Application Administrator.',
          features: [],
        },
        {
          id: 2717,
          name: 'Organization User',
          key: 'org',
          active: true,
          description: 'Organization User',
          features: [],
        },
      ]);
    },
  },
  {
    id: 'user-flags',
    sentence:
      'The flags of a user follow from `active`: what a request sends for them is ignored. An active user is `enabled`, `accountNonExpired`, `accountNonLocked`, `credentialsNonExpired` and `emailValid`',
    source: 'seed 002',
    changes: 'account',
    run: async ({ createUser }) => {
      const flags = {
        accountExpired: false,
        accountLocked: false,
        credentialsExpired: false,
        accountNonExpired: true,
        accountNonLocked: true,
        credentialsNonExpired: true,
        emailValid: true,
        enabled: true,
        active: true,
      };
      const none = Object.fromEntries(Object.keys(flags).map((name) => [name, false]));
      const { body } = await createUser(none);
      agreeOn('flags of a new user', body, flags);
    },
  },
  {
    id: 'user-inactive-flags',
    sentence:
      'An inactive user is not `enabled` and not `accountNonExpired`, and `credentialsExpired`; `accountNonLocked` and `emailValid` stay true',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const { path } = await createUser();
      prepared(await admin.patch(path, { active: false }));
      agree(await admin.get(`${await accountPath()}/users`), {
        body: [
          {
            active: false,
            accountExpired: false,
            accountLocked: false,
            credentialsExpired: true,
            emailValid: true,
            accountNonExpired: false,
            credentialsNonExpired: false,
            accountNonLocked: true,
            enabled: false,
          },
        ],
      });
    },
  },
  {
    id: 'user-full-name',
    sentence: '`fullName` is the first name, a space and the last name',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { body, path } = await createUser({ firstName: 'Ada', lastName: 'Lovelace' });
      agreeOn('fullName', body.fullName, 'Ada Lovelace');
      agree(await admin.patch(path, { lastName: 'Byron' }), { body: { fullName: 'Ada Byron' } });
    },
  },
  {
    id: 'user-created-day',
    sentence: '`createdDate` of a user is a date, `YYYY-MM-DD`',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, body } = await createUser();
      agreeOn('POST: createdDate', body.createdDate, day);
      agree(await admin.get(path), { body: { createdDate: day } });
    },
  },
  {
    id: 'user-last-login',
    sentence: '`lastLoginDate` is `1970-01-01` until the first login',
    source: 'seed 000',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { path, body } = await createUser();
      agreeOn('POST: lastLoginDate', body.lastLoginDate, '1970-01-01');
      agree(await admin.get(path), { body: { lastLoginDate: '1970-01-01' } });
    },
  },
  {
    id: 'user-external-id',
    sentence: "Once PATCH has set a user's `externalId`, every body of the user has it",
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id, path } = await createUser();
      agree(await admin.get(path), { body: { externalId: absent } });
      agree(await admin.patch(path, { externalId: 'x-1' }), { body: { externalId: 'x-1' } });
      for (const place of [path, `/users/${id}`, `/organizations/users/${id}`]) {
        agree(await admin.get(place), { body: { externalId: 'x-1' } });
      }
    },
  },
  {
    id: 'user-address',
    sentence: 'Answers below `/accounts/{id}/users` have the address fields that are set, and `where` can search them',
    source: 'ours',
    note: "no document prints a user there who has any; the vendor's clients read them",
    changes: 'account',
    run: async ({ admin, accountPath, createUser }) => {
      const address = { city: 'Denver', country: 'US', stateProvince: 'CO', street1: '1 Main St', phone: '222' };
      const { id, body } = await createUser(address);
      agreeOn('POST: address', body, { ...address, street2: absent });
      agree(await admin.get(`${await accountPath()}/users`, { query: { where: "city='Denver'" } }), {
        body: [{ id, ...address }],
      });
    },
  },
  {
    id: 'user-state-province',
    sentence: 'The field is `stateProvince`; `stateprovince` is dropped',
    source: 'seed 002',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id } = await createUser();
      const path = `/organizations/users/${id}`;
      agree(await admin.patch(path, { stateprovince: 'CO' }), {
        body: { stateprovince: absent, stateProvince: absent },
      });
      agree(await admin.patch(path, { stateProvince: 'CO' }), { body: { stateProvince: 'CO' } });
    },
  },
  {
    id: 'email-form',
    sentence: 'An email is any text with one `@`, no spaces and at most 254 characters',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, newUser, email, createUser }) => {
      const post = async (wrong: string) => admin.post(`${await accountPath()}/users`, newUser({ email: wrong }));
      for (const wrong of [email().replace('@', ' @'), email().replace('@', ''), `${email()}${'x'.repeat(254)}`]) {
        agree(await post(wrong), { status: 400, body: { message: /email/ } });
      }
      await createUser({ email: email().replace('example.com', 'localhost') });
    },
  },
  {
    id: 'email-unique',
    sentence: 'Emails and user names are unique over the whole platform, regardless of case, inactive users included',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, accountPath, createUser, newUser }) => {
      const [first, second] = [await createUser(), await createUser()];
      const taken = first.email.toUpperCase();
      const users = `${await accountPath()}/users`;
      agree(await admin.post(users, newUser({ email: taken })), 409);
      agree(await admin.patch(second.path, { email: taken }), 409);
      agree(await admin.patch(first.path, { email: first.email }), 200);
      prepared(await admin.patch(first.path, { active: false }));
      agree(await admin.post(users, newUser({ email: first.email })), 409);
    },
  },
  {
    id: 'user-created-date',
    sentence:
      'POST and PATCH `/organizations/users` keep the `createdDate` of the request, and answer it in epoch milliseconds when the request had one',
    source: 'ours',
    note: 'fits 002',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const path = `/organizations/users/${(await createUser()).id}`;
      agree(await admin.patch(path, { createdDate: '2014-09-25' }), { body: { createdDate: 1411603200000 } });
      agree(await admin.get(path), { body: { createdDate: '2014-09-25' } });
      agree(await admin.patch(path, { phone: '1' }), { body: { createdDate: '2014-09-25' } });
    },
  },
  {
    id: 'created-date-forms',
    sentence:
      '`createdDate` is `YYYY-MM-DD`, an ISO 8601 timestamp or epoch milliseconds in a request; in `where`, milliseconds need ten digits or more, so that `createdDate>2017` is refused',
    source: 'ours',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const path = `/organizations/users/${(await createUser()).id}`;
      for (const createdDate of ['2014-09-25', '2014-09-25T00:00:00Z', 1411603200000]) {
        agree(await admin.patch(path, { createdDate }), { body: { createdDate: 1411603200000 } });
      }
      agree(await admin.get('/accounts', { query: { where: 'createdDate>1000000000000' } }), 200);
      agree(await admin.get('/accounts', { query: { where: 'createdDate>2017' } }), 400);
    },
  },
  {
    id: 'user-no-null',
    sentence: 'A field of a user that is not set is left out, and not `null`',
    source: 'vendor docs',
    changes: 'account',
    run: async ({ admin, createUser }) => {
      const { id } = await createUser();
      const user = objectOf(await admin.get(`/organizations/users/${id}`));
      agreeOn(
        'fields that are null',
        Object.keys(user).filter((name) => user[name] === null),
        [],
      );
      agreeOn('fields that are not set', user, { city: absent, phone: absent, externalId: absent });
      agreeOn(
        'id',
        user.id,
        such('the id of the user', (value) => value === id),
      );
    },
  },
];
