import { parseDate } from '../ceql/index.ts';
import { Clock } from '../clock.ts';
import { createIds, type Ids } from '../ids.ts';
import { administratorOf, freeExternalId } from './fixture-defaults.ts';
import { FixtureError, type Problem } from './fixture-error.ts';
import type { CheckedAccount, CheckedFixture, CheckedOrganization, CheckedUser } from './fixture-schema.ts';
import { defaultPasswordPolicy } from './password-policy.ts';
import type { OrganizationRecord, RoleKey, RolePrivileges } from './records.ts';
import { State } from './state.ts';
import { UniqueError } from './table.ts';
import { type WrittenIds, writtenIds } from './written-ids.ts';

/** A state that was built of a fixture. */
export interface Filled {
  readonly state: State;
  /** Whether the fixture says it all: else the same one gives other ids, secrets or dates next time. */
  readonly isWhole: boolean;
}

/**
 * Builds the state that a checked fixture describes: fills in what is not written and proves
 * what the schema cannot say.
 *
 * @throws {FixtureError} when two records share what must be unique, a date does not exist, or
 *   a record contradicts its account.
 */
export function fillFixture(fixture: CheckedFixture, source: string, clock: Clock, ids: Ids): Filled {
  const fail = (pointer: string, problem: string) => {
    throw new FixtureError(source, pointer, problem, () => allFaults(fixture));
  };
  return new Filler(fixture, fail, clock, ids).fill();
}

/** What else there is: a fault is passed over then, and what depends on it does without. */
function allFaults(fixture: CheckedFixture): Iterable<Problem> {
  const found = new Map<string, string>();
  const note = (pointer: string, problem: string) => found.set(pointer, problem);
  // With ids of their own, the others are no fault of what is made of their ids.
  const copy = structuredClone(fixture);
  writtenIds(copy, (pointer, problem, record) => {
    note(pointer, problem);
    delete record.id;
  });
  const clock = new Clock();
  new Filler(copy, note, clock, createIds(clock, undefined)).fill();
  return found;
}

class Filler {
  readonly #state: State;
  readonly #fixture: CheckedFixture;
  /** Throws, or takes a fault down for a list of them. */
  readonly #fail: (pointer: string, problem: string) => void;
  readonly #clock: Clock;
  readonly #ids: Ids;
  /** Ids that are written belong to their records, however early an id has to be made up. */
  readonly #written: WrittenIds;
  /** Dates that were read: most are written many times. */
  readonly #dates = new Map<string, number>();
  #isWhole = true;
  readonly #tokens: { readonly userId: number; readonly token: string; readonly pointer: string }[] = [];

  constructor(fixture: CheckedFixture, fail: (pointer: string, problem: string) => void, clock: Clock, ids: Ids) {
    this.#state = new State(fixture.sequences, fixture.sequences?.deletedUsers);
    this.#fixture = fixture;
    this.#fail = fail;
    this.#clock = clock;
    this.#ids = ids;
    this.#written = writtenIds(fixture, fail);
  }

  fill(): Filled {
    this.#fixture.organizations.forEach((organization, index) => {
      this.#addOrganization(organization, `/organizations/${index}`);
    });
    for (const { userId, token, pointer } of this.#tokens) {
      // A secret of anybody's, wherever it is written, and a token before this one.
      if (this.#state.isSecret(token)) this.#fail(pointer, 'expected a token that is no secret or token of anybody');
      else this.#state.addToken(userId, token);
    }
    return { state: this.#state, isWhole: this.#isWhole };
  }

  #nextId(kind: keyof WrittenIds): number {
    this.#isWhole = false;
    let id = this.#state.nextId(kind);
    while (this.#written[kind].has(id)) id = this.#state.nextId(kind);
    return id;
  }

  #nextSecret(derive: (n: number) => string): string {
    this.#isWhole = false;
    return this.#state.nextSecret(derive);
  }

  #now(): number {
    this.#isWhole = false;
    return this.#clock.now();
  }

  #addOrganization(fixture: CheckedOrganization, pointer: string): void {
    const { accounts = [], passwordPolicy, createdDate, secret, roles, ...rest } = fixture;
    const organization: OrganizationRecord = {
      active: true,
      externalCompany: { revenue: 0 },
      tierId: 1,
      canCreatePeer: false,
      twoFactorAuthEnabled: false,
      ...rest,
      ...(fixture.externalCompany === undefined ? {} : { externalCompany: { ...fixture.externalCompany } }),
      ...(roles === undefined ? {} : { roles: this.#privileges(roles, pointer) }),
      id: fixture.id ?? this.#nextId('organization'),
      secret: secret ?? this.#nextSecret(this.#ids.organizationSecret),
      createdDate: this.#date(createdDate, pointer, 'createdDate') ?? this.#now(),
      passwordPolicy: { ...defaultPasswordPolicy, ...passwordPolicy },
    };
    this.#put('organizations', organization, pointer);

    const defaults = accounts.flatMap((account, index) => (account.defaultAccount === true ? [index] : []));
    if (defaults[1] !== undefined) {
      this.#fail(
        `${pointer}/accounts/${defaults[1]}/defaultAccount`,
        `found true, expected one default account in an organization (account ${defaults[0]} of the list is it)`,
      );
    }
    const taken = new Set(accounts.map(({ externalId }) => externalId));
    const add = (account: CheckedAccount, place: string) => {
      const id = account.id ?? this.#nextId('account');
      const externalId = account.externalId ?? freeExternalId(id, taken);
      this.#addAccount({ ...account, id, externalId }, organization, `${pointer}/accounts/${place}`);
    };
    if (defaults.length === 0) add({ defaultAccount: true }, '-');
    accounts.forEach((account, index) => {
      add(account, String(index));
    });
  }

  #addAccount(
    fixture: CheckedAccount & { id: number; externalId: string },
    organization: OrganizationRecord,
    pointer: string,
  ): void {
    const { users, createdDate, id, externalId, roles = [], ...rest } = fixture;
    const isDefault = fixture.defaultAccount === true;
    this.#put(
      'accounts',
      {
        name: isDefault ? 'Company Default Account' : externalId,
        description: isDefault ? 'Auto created default account for the entire company' : externalId,
        active: true,
        defaultAccount: false,
        ...rest,
        roles: this.#roles(roles, fixture, pointer),
        externalId,
        id,
        organizationId: organization.id,
        createdDate: this.#date(createdDate, pointer, 'createdDate') ?? organization.createdDate,
      },
      pointer,
    );
    const needsAdministrator = isDefault && (users ?? []).every((user) => user.roles === undefined);
    const filled = users ?? (isDefault ? [administratorOf(organization)] : []);
    const account = { ...fixture, organizationId: organization.id };
    filled.forEach((user, index) => {
      const place = `${pointer}/users/${index}`;
      this.#addUser(user, needsAdministrator && index === 0 ? ['org-admin'] : [], account, place);
    });
  }

  /** @param defaultRoles the roles of a user for whom none are written. */
  #addUser(
    fixture: CheckedUser,
    defaultRoles: RoleKey[],
    account: CheckedAccount & { id: number; organizationId: number },
    pointer: string,
  ): void {
    if (account.active === false && fixture.active === true) {
      this.#fail(`${pointer}/active`, 'found true, expected false: the account is not active');
    }
    const {
      createdDate,
      lastLoginDate,
      secret,
      roles = defaultRoles,
      tokens = [],
      previousPasswords,
      username,
      accountLocked = false,
      accountExpired = false,
      failedLogins = 0,
      ...rest
    } = fixture;
    const id = fixture.id ?? this.#nextId('user');
    const loggedIn = this.#date(lastLoginDate, pointer, 'lastLoginDate');
    this.#put(
      'users',
      {
        firstName: fixture.email.replace(/@.*$/, ''),
        lastName: 'User',
        active: account.active !== false,
        credentialsExpired: false,
        ...rest,
        id,
        organizationId: account.organizationId,
        accountId: account.id,
        secret: secret ?? this.#nextSecret(this.#ids.userSecret),
        ...(username === undefined || username === fixture.email ? {} : { username }),
        ...(previousPasswords === undefined ? {} : { previousPasswords: [...previousPasswords] }),
        ...(accountLocked ? { accountLocked } : {}),
        ...(accountExpired ? { accountExpired } : {}),
        ...(failedLogins > 0 ? { failedLogins } : {}),
        roles: this.#roles(roles, account, pointer),
        createdDate: this.#date(createdDate, pointer, 'createdDate') ?? this.#now(),
        ...(loggedIn === undefined ? {} : { lastLoginDate: loggedIn }),
      },
      pointer,
    );
    tokens.forEach((token, index) => {
      this.#tokens.push({ userId: id, token, pointer: `${pointer}/tokens/${index}` });
    });
  }

  /** The roles to keep of those that are written: `org` needs no mention. */
  #roles(roles: readonly RoleKey[], account: CheckedAccount, pointer: string): RoleKey[] {
    const forbidden = account.defaultAccount === true ? -1 : roles.indexOf('org-admin');
    if (forbidden !== -1) {
      this.#fail(`${pointer}/roles/${forbidden}`, 'found "org-admin", expected it in the default account alone');
    }
    return [...new Set(roles)].filter((role) => role !== 'org');
  }

  #privileges(roles: readonly RolePrivileges[], pointer: string): RolePrivileges[] {
    return roles.map(({ key, privileges }, index) => {
      if (roles.findIndex((role) => role.key === key) !== index) {
        this.#fail(`${pointer}/roles/${index}/key`, `found "${key}" again, expected each role once`);
      }
      return { key, privileges: [...new Set(privileges)] };
    });
  }

  #put<K extends 'organizations' | 'accounts' | 'users'>(
    table: K,
    record: Parameters<State[K]['put']>[0],
    pointer: string,
  ): void {
    const target: { put(record: Parameters<State[K]['put']>[0]): void } = this.#state[table];
    try {
      target.put(record);
    } catch (error) {
      if (!(error instanceof UniqueError)) throw error;
      this.#fail(
        `${pointer}/${error.constraint}`,
        `expected a value of its own: ${table.slice(0, -1)} ${error.holder} has the same one`,
      );
    }
  }

  #date(text: string | undefined, pointer: string, name: string): number | undefined {
    if (text === undefined) return undefined;
    const known = this.#dates.get(text);
    if (known !== undefined) return known;
    const date = parseDate(text);
    if (date === undefined) {
      this.#fail(
        `${pointer}/${name}`,
        `found "${text}", expected a date that exists: YYYY-MM-DD or an ISO 8601 timestamp`,
      );
      return undefined;
    }
    this.#dates.set(text, date.at);
    return date.at;
  }
}
