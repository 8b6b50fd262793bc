import fc from 'fast-check';
import type { Operation } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import { fillField, fillLogIn } from './fields.ts';
import { clausesOf, type ListRequest } from './lists.ts';
import type { Source } from './source.ts';
import { type people, pick, type Side, type Tenant } from './tenants.ts';

/** Calls of all operations, with names of either organization in every place. */

export interface Plan {
  readonly side: Side;
  readonly person: keyof typeof people;
  /** `mixed` is the own user secret with the other's organization secret. */
  readonly by: 'secrets' | 'token' | 'mixed';
  readonly operationId: string;
  /** The seed of the rest of the request. */
  readonly seed: number;
}

const operationIds = operations.map(({ operationId }) => operationId);
/** Callers that most calls refuse occur more often. */
const often = operations
  .filter(({ operationId, query }) => /^(grant|revoke|create)/.test(operationId) || query?.includes('where'))
  .map(({ operationId }) => operationId);

/** The callers with the most privileges occur most often. */
const callers: readonly (keyof typeof people)[] = [
  ...(['boss', 'boss', 'boss', 'boss', 'secondBoss', 'secondBoss'] as const),
  ...(['chief', 'chief', 'plain', 'member', 'gone'] as const),
];
const ways = ['secrets', 'secrets', 'secrets', 'secrets', 'token', 'token', 'token', 'mixed'] as const;

const plan: fc.Arbitrary<Plan> = fc.record({
  side: fc.constantFrom(0, 1),
  person: fc.constantFrom(...callers),
  by: fc.constantFrom(...ways),
  operationId: fc.constantFrom(...operationIds, ...often),
  seed: fc.noBias(fc.nat()),
});

export const plans = fc.array(plan, { minLength: 18, maxLength: 22 });

/** A request, ready to be sent. */
export interface Request extends ListRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The header `Elements-User-Password`. */
  readonly password: string;
  /** The names of the other organization in the path. */
  readonly foreign: readonly string[];
  /** The same path with unused names in place of these. */
  readonly twin: string;
  /** All texts and numbers of it, which an error may repeat. */
  readonly carried: readonly string[];
  /** The account or user in the path. */
  readonly target: number | undefined;
  readonly pageSize: number | undefined;
}

/** Makes a request from the present state of the two organizations. */
export function requestOf(operation: Operation, seed: number, own: Tenant, other: Tenant): Request {
  const random = randomOf(seed);
  const next = () => ({ isOwn: random() % 4 !== 0, n: random() });
  // A foreign name in a path ends the call; elsewhere it may be as frequent as an own one.
  const either = () => ({ isOwn: random() % 2 === 0, n: random() });
  const path: Source = { operation, own, other, next, tenantOf: ({ isOwn }) => (isOwn ? own : other) };
  const { segments, account, target } = pathOf(path);
  const source = { ...path, next: either };
  const body = bodyOf(source);
  const { where, query, ...listing } = queryOf(source);
  const foreign = segments.filter(({ isOwn }) => !isOwn).map(({ text }) => text);
  const search = query.length === 0 ? '' : `?${query.join('&')}`;
  const named = segments.flatMap(({ text }) => [text, decodeURIComponent(text)]);
  const owner = [...own.users, ...other.users].find(
    ({ id, email }) => named.includes(String(id)) || named.includes(email),
  );
  return {
    operationId: operation.operationId,
    method: operation.method,
    path: segments.map(({ text }) => `/${text}`).join('') + search,
    body,
    password: owner?.password ?? 'none',
    foreign,
    twin: segments.map(({ text, isOwn }) => `/${isOwn ? text : unknownFor(text)}`).join('') + search,
    carried: [...named, ...leaves(body).map(String), ...(where?.text.match(/[\w.@-]+/g) ?? [])],
    account,
    target,
    where,
    ...listing,
  };
}

/** Numbers that are the same for the same seed (mulberry32); a list of fast-check's own would cost seconds. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return (more ^ (more >>> 14)) >>> 0;
  };
}

/** An unused name of the same length and kind. */
export function unknownFor(name: string): string {
  return /^\d+$/.test(name) ? '9'.repeat(name.length) : name.replace(/%40|[a-z0-9]/gi, (c) => (c === '%40' ? c : 'n'));
}

interface Segment {
  readonly text: string;
  readonly isOwn: boolean;
}

function pathOf({ operation, next, tenantOf }: Source) {
  let account: number | undefined;
  let target: number | undefined;
  const fill = (name: string, before: string | undefined): Segment => {
    const from = next();
    const { isOwn, n } = from;
    const tenant = tenantOf(from);
    if (name === 'key') {
      const isRevoked = operation.operationId.startsWith('revoke');
      const common = pick(isRevoked ? ['default-user', 'default-user', 'admin'] : ['admin', 'default-user'], n);
      return { text: n % 4 === 0 ? pick(['org', 'org-admin', 'sys-admin', 'boss'], n >>> 2) : common, isOwn: true };
    }
    // The organization's id is not the id of a role: as such it says nothing about the organization.
    if (before === 'roles') return { text: String(pick([3, 930, 2717, 16339, tenant.id], n)), isOwn: true };
    if (before === 'organizations') return { text: String(tenant.id), isOwn };
    if (before === 'accounts') {
      target = pick(tenant.accounts, n)?.id ?? 0;
      account = target;
      return { text: String(target), isOwn };
    }
    const within = tenant.users.filter((user) => user.account.id === account);
    const user = pick(within.length > 0 ? within : tenant.users, n);
    target = user?.id ?? 0;
    const email = user?.email ?? '';
    const names = name === 'emailOrId' && email !== '' ? [email, email.replace('@', '%40'), email.toUpperCase()] : [];
    return { text: pick([String(target), ...names], next().n), isOwn };
  };
  const parts = operation.path.slice(1).split('/');
  const segments = parts.map((part, index): Segment => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? { text: part, isOwn: true } : fill(name, parts[index - 1]);
  });
  return { segments, account, target };
}

/** Fields of a body that are not read, or must not count. */
const readOnly = ['id', 'companyId', 'accountId', 'organizationId', 'secret', 'oauthToken'];

/** The required fields of an operation's body, and some of the others. */
function bodyOf(source: Source): unknown {
  const { operationId, body } = source.operation;
  if (body === undefined) return undefined;
  if (operationId === 'authenticate') return fillLogIn(source);
  const isListed = body.schema.type === 'array';
  const schema = isListed ? body.schema.items : body.schema;
  const required: readonly string[] = [...(schema.required ?? []), ...(isListed ? ['key'] : [])];
  const names = new Set([...Object.keys(schema.properties), ...(isListed ? [] : readOnly)]);
  const chosen = [...names].filter((name) => required.includes(name) || source.next().n % 5 === 0);
  const fields = Object.fromEntries(chosen.map((name) => [name, fillField(name, source)]));
  return isListed ? [fields] : fields;
}

function queryOf({ operation, next, tenantOf }: Source) {
  const { path, query = [] } = operation;
  const first = next();
  const second = next();
  const user = pick(tenantOf(first).users, first.n);
  const account = pick(tenantOf(first).accounts, first.n);
  const clauses = clausesOf({
    ids: path.endsWith('accounts')
      ? [account?.id ?? 1, pick(tenantOf(second).accounts, second.n)?.id ?? 1]
      : [user?.id ?? 1, pick(tenantOf(second).users, second.n)?.id ?? 1],
    externalId: (first.n % 2 === 0 ? user?.externalId : account?.externalId) ?? 'none',
    email: user?.email ?? 'none',
    word: tenantOf(second).word,
  });
  // The roles are the same in every organization: a search of them reveals nothing.
  const isSearched = query.includes('where') && !path.includes('roles') && next().n % 4 !== 0;
  const where = isSearched ? pick(clauses, next().n) : undefined;
  const includeInactive = query.includes('includeInactive') && next().n % 2 === 0;
  const pageSize = query.includes('pageSize') ? pick([undefined, undefined, 1, 3], next().n) : undefined;
  const parameters = [
    ...(where === undefined ? [] : [`where=${encodeURIComponent(where.text)}`]),
    ...(includeInactive ? ['includeInactive=true'] : []),
    ...(pageSize === undefined ? [] : [`pageSize=${pageSize}`]),
    ...(query.includes('permanent') && next().n % 3 === 0 ? ['permanent=true'] : []),
  ];
  return { where, includeInactive, pageSize, query: parameters };
}

/** Every text and number in a JSON value. */
export function leaves(value: unknown): (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}
