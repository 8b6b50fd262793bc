import fc from 'fast-check';
import { callerOf } from '../../src/platform/authentication/callers.ts';
import { changePassword, resetUserSecret } from '../../src/platform/authentication/rules.ts';
import type { Caller, Context } from '../../src/platform/context.ts';
import { updateOrganization } from '../../src/platform/organizations/rules.ts';
import { deletePasswordPolicy, updatePasswordPolicy } from '../../src/platform/password-policies/rules.ts';
import {
  resetOrganizationRoles,
  updateOrganizationRole,
  updateOrganizationRoles,
} from '../../src/platform/roles/organization-rules.ts';
import { changeUser } from '../../src/platform/users/user-rules.ts';
import { Clock } from '../../src/state/clock.ts';
import { createIds } from '../../src/state/ids.ts';
import { defaultPasswordPolicy } from '../../src/state/password-policy.ts';
import type { PasswordPolicy } from '../../src/state/records.ts';
import { openStore } from '../../src/store.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { runs } from '../support/runs.ts';
import { world } from '../support/world.ts';

seedFastCheck();

/** A state, and its administrator as they were at the start. */
function start(): { context: Context; caller: Caller } {
  const now = Date.parse('2020-03-01');
  const clock = new Clock(now);
  const ids = createIds(clock, 'present');
  const { state } = openStore({ fixture: world, dataFile: undefined, now, clock, ids });
  const [user, organization] = [state.users.get(1000), state.organizations.get(10)];
  if (user === undefined || organization === undefined) throw new Error('the fixture has no administrator');
  return { context: { state, clock, ids }, caller: callerOf(user, organization, state) };
}

/** What the state should be after the rules. */
interface Model {
  name: string;
  policy: PasswordPolicy;
  roles: Record<string, string[]>;
  password: string;
  phone: string | undefined;
}

type Step = (at: Context, caller: Caller, model: Model, n: number) => void;

const privileges = [['viewFormulas'], ['intelligence', 'viewElements'], []];
const privilegesFor = (n: number) => privileges[n % privileges.length] ?? [];
const keys = (n: number) => privilegesFor(n).map((key) => ({ key }));
const steps: Record<string, Step> = {
  name: (at, caller, model, n) => {
    model.name = `Name ${n}`;
    updateOrganization(at, caller, model.name);
  },
  minNumbers: (at, caller, model, n) => {
    model.policy = { ...model.policy, minNumbers: n % 3 };
    updatePasswordPolicy(at, caller, { minNumbers: n % 3 });
  },
  expirationDays: (at, caller, model, n) => {
    model.policy = { ...model.policy, expirationDays: n };
    updatePasswordPolicy(at, caller, { expirationDays: n });
  },
  policy: (at, caller, model) => {
    model.policy = defaultPasswordPolicy;
    deletePasswordPolicy(at, caller);
  },
  'one role': (at, caller, model, n) => {
    model.roles.admin = privilegesFor(n);
    updateOrganizationRole(at, caller, '3', keys(n));
  },
  'a list of roles': (at, caller, model, n) => {
    model.roles.org = privilegesFor(n);
    updateOrganizationRoles(at, caller, [{ key: 'org', privileges: keys(n) }]);
  },
  'no role': (at, caller, model) => {
    model.roles = {};
    resetOrganizationRoles(at, caller);
  },
  secret: (at, caller) => {
    resetUserSecret(at, caller);
  },
  password: (at, caller, model, n) => {
    model.password = `Fine-${n}-enough-123`;
    changePassword(at, caller, model.password);
  },
  phone: (at, caller, model, n) => {
    const user = at.state.users.get(caller.user.id);
    if (user === undefined) throw new Error('the administrator is gone');
    model.phone = `${n}`;
    changeUser(at, caller, user, { phone: `${n}` });
  },
};

test('rules change the present records, however old the copies of the caller are', () => {
  const plan = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(plan, (names) => {
      const { context: at, caller } = start();
      const { name, passwordPolicy } = caller.organization;
      const model: Model = { name, policy: passwordPolicy, roles: {}, password: 'admin-pw', phone: undefined };
      const secrets = new Set([caller.user.secret]);
      names.forEach((step, n) => {
        steps[step]?.(at, caller, model, n);
        secrets.add(at.state.users.get(1000)?.secret ?? '');
      });
      const organization = at.state.organizations.get(10);
      const user = at.state.users.get(1000);
      expect({
        name: organization?.name,
        policy: organization?.passwordPolicy,
        roles: Object.fromEntries((organization?.roles ?? []).map(({ key, privileges: given }) => [key, given])),
        password: user?.password,
        phone: user?.phone,
        secrets: secrets.size,
      }).toEqual({
        ...model,
        secrets: 1 + names.filter((step) => step === 'secret').length,
      });
    }),
    { numRuns: runs(300) },
  );
});

test('the present policy checks a new password', () => {
  const { context: at, caller } = start();
  updatePasswordPolicy(at, caller, { minNumbers: 2 });
  expect(() => changePassword(at, caller, 'one-1')).toThrow('at least 2 numeric characters');
  const user = at.state.users.get(1101);
  if (user === undefined) throw new Error('the fixture has no such user');
  expect(() => changeUser(at, caller, user, { password: 'one-1' })).toThrow('at least 2 numeric characters');
});
