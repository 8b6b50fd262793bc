import type { UserRecord } from '../../src/state/records.ts';
import type { State } from '../../src/state/state.ts';

/**
 * What is generated names records that only the emulator knows when the request is sent: `{{user:3}}` is the id of
 * one of its users then.
 */

/** A mark for something of the emulator. */
export type Mark =
  | 'account'
  | 'accountOf'
  | 'administrator'
  | 'authorization'
  | 'bearer'
  | 'email'
  | 'externalId'
  | 'nextPage'
  | 'organization'
  | 'password'
  | 'secret'
  | 'user'
  | 'username';

export const maxMark = 39;
/** Only these numbers can be what a sequence cannot go on without: default accounts and administrators. */
const rare = new Set([13, 17]);
const needed = new Set([100, 200, 1000, 2000]);

/** Replaces the marks of a text, also those that were percent-encoded; `write` puts the value into its place. */
export function resolve(
  text: string,
  state: State,
  nextPage: string | undefined,
  write: (value: string) => string,
): string {
  return text.replace(/(?:\{\{|%7B%7B)(\w+)(?::|%3A)(\d+)(?:\}\}|%7D%7D)/g, (_mark, name: string, number: string) =>
    write(lookUp(name, Number(number), state, nextPage)),
  );
}

function lookUp(name: string, number: number, state: State, nextPage: string | undefined): string {
  const of = <T>(items: Iterable<T>): T | undefined => {
    const all = [...items];
    return all[number % Math.max(all.length, 1)];
  };
  const account = () => of([...state.accounts.values()].filter(({ id }) => rare.has(number) || !needed.has(id)));
  const user = () => of([...state.users.values()].filter(({ id }) => rare.has(number) || !needed.has(id)));
  const found: Record<Mark, () => string | number | undefined> = {
    account: () => account()?.id,
    accountOf: () => user()?.accountId,
    administrator: () => authorization(of(administrators(state, number % 5 === 4 ? 20 : 10)), state),
    authorization: () => authorization(user(), state),
    bearer: () => of(state.tokens.values())?.token,
    email: () => user()?.email,
    externalId: () => account()?.externalId,
    nextPage: () => nextPage,
    organization: () => of(state.organizations.values())?.id,
    password: () => user()?.password,
    secret: () => user()?.secret,
    user: () => user()?.id,
    username: () => user()?.username,
  };
  const value = Object.entries(found).find(([mark]) => mark === name)?.[1]();
  return value === undefined ? 'nothing' : String(value);
}

function administrators(state: State, organizationId: number): UserRecord[] {
  return [...state.users.values()].filter(
    (user) => user.active && user.organizationId === organizationId && user.roles.includes('org-admin'),
  );
}

function authorization(user: UserRecord | undefined, state: State): string | undefined {
  const organization = user && state.organizations.get(user.organizationId);
  return organization && `User ${user.secret}, Organization ${organization.secret}`;
}
