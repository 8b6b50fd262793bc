import { type TSchema, Type } from '@sinclair/typebox';
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler';
import { corsHeaders } from '../../src/http/respond.ts';
import type { RecordedRequest } from '../../src/journal/recorded-request.ts';
import type { Operation } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import type { UserRecord } from '../../src/state/records.ts';
import type { State } from '../../src/state/state.ts';
import { foldCase } from '../../src/text/fold-case.ts';
import type { WireAnswer } from './wire.ts';

/** What holds of every answer. */

/** What was asked, as far as the answer depends on it. */
export interface Asked {
  readonly method: string;
  /** Whether it is a path of the platform that is not emulated: 501, and no other one is. */
  readonly isAbsent: boolean;
  /** With the query. */
  readonly target: string;
}

interface Row {
  readonly operation: Operation;
  readonly answer: TypeCheck<TSchema> | undefined;
}

const rows: ReadonlyMap<string, Row> = new Map(
  operations.map((operation) => {
    const schema = operation.answer.schema();
    return [
      operation.operationId,
      { operation, answer: schema === undefined ? undefined : TypeCompiler.Compile(schema) },
    ];
  }),
);

const envelope = TypeCompiler.Compile(
  Type.Object(
    { requestId: Type.String({ pattern: '^[0-9a-f]{24}$' }), message: Type.String({ pattern: '\\S' }) },
    { additionalProperties: false },
  ),
);

const statuses = new Set([200, 400, 401, 403, 404, 405, 406, 409, 413, 415, 431, 501]);

/**
 * Checks an answer against the request and the table of operations.
 *
 * @param noted what the emulator has noted of the request; `undefined` when it never reached the app.
 * @throws {Error} that describes the problem.
 */
export function verify(answer: WireAnswer, asked: Asked, noted: RecordedRequest | undefined): void {
  const { status, headers, text } = answer;
  ensure(statuses.has(status), `status ${status}: ${text}`);
  const isNotEmulated = noted !== undefined && asked.isAbsent && asked.method !== 'OPTIONS';
  ensure((status === 501) === isNotEmulated, `status ${status} at ${asked.target}`);
  ensure(noted !== undefined || status === 400 || status === 431, `${status}, and the request was not noted`);
  ensure(/^[0-9a-f]{24}$/.test(headers.get('elements-request-id') ?? ''), 'no Elements-Request-Id');
  const origin = headers.get('access-control-allow-origin');
  ensure(origin !== undefined, 'no Access-Control-Allow-Origin');
  corsHeaders(origin === '*' ? undefined : origin).forEach((name, index, all) => {
    if (index % 2 === 0) ensure(headers.get(name.toLowerCase()) === all[index + 1], `no right ${name}`);
  });
  for (const name of ['etag', 'x-powered-by', 'transfer-encoding']) ensure(!headers.has(name), `there is ${name}`);
  ensure(status !== 405 || headers.has('allow'), '405 without Allow');
  ensure(noted === undefined || noted.status === status, `${status} is noted as ${noted?.status}`);
  if (asked.method === 'HEAD') return;
  if (text === '') {
    ensure(status === 200 && !headers.has('content-type'), `an empty body with status ${status}`);
  } else {
    ensure(headers.get('content-type') === 'application/json; charset=utf-8', `${headers.get('content-type')}`);
  }
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  ensure(!hasNull(body), `there is a null: ${text}`);
  if (status === 200) verifySuccess(answer, body, asked, noted);
  else verifyError(answer, body);
}

function verifyError({ headers, text }: WireAnswer, body: unknown): void {
  if (!envelope.Check(body)) throw new Error(`no envelope: ${text}`);
  ensure(body.requestId === headers.get('elements-request-id'), 'the ids of body and header differ');
  ensure(!/node_modules|\n\s*at |\bat [^ ]+ \(|\.[cm]?[jt]s:\d|\w*Error:/.test(body.message), `a stack: ${text}`);
}

function verifySuccess(answer: WireAnswer, body: unknown, { method, target }: Asked, noted?: RecordedRequest): void {
  if (method === 'OPTIONS') {
    ensure(body === undefined && answer.headers.has('allow'), 'OPTIONS without Allow');
    return;
  }
  const row = rows.get(noted?.operationId ?? '');
  if (row === undefined) throw new Error(`200 of no operation: ${target}`);
  const { operation, answer: schema } = row;
  ensure(operation.method === method, `${operation.operationId} answers ${method}`);
  if (schema === undefined) {
    ensure(body === undefined, `${operation.operationId} has a body: ${answer.text}`);
    return;
  }
  if (!schema.Check(body)) {
    const first = schema.Errors(body).First();
    throw new Error(`${operation.operationId}: ${first?.path} ${first?.message} in ${answer.text}`);
  }
  const counts = ['elements-total-count', 'elements-returned-count', 'elements-next-page-token'];
  ensure(Array.isArray(body) === (operation.answer.kind === 'list'), 'a list is no list');
  if (Array.isArray(body)) verifyList(answer, body, target);
  else for (const name of counts) ensure(!answer.headers.has(name), `${name} of what is no list`);
}

function verifyList({ headers }: WireAnswer, body: readonly unknown[], target: string): void {
  const total = headers.get('elements-total-count') ?? '';
  ensure(/^\d+$/.test(total), `Elements-Total-Count is '${total}'`);
  ensure(headers.get('elements-returned-count') === String(body.length), 'Elements-Returned-Count is another');
  ensure(body.length <= Number(total), `${body.length} of ${total}`);
  const token = headers.get('elements-next-page-token');
  if (token === undefined) return;
  const page: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
  const { offset, pageSize } = page as { offset: number; pageSize: number };
  ensure(offset < Number(total) && pageSize === body.length, `a next page of ${total} after ${body.length}: ${target}`);
  ensure(
    token === Buffer.from(JSON.stringify({ offset, pageSize })).toString('base64url'),
    'the token has other parts',
  );
}

/** How many records a list without `where` has, by a scan; `undefined` for lists that are not of the state. */
export function expectedTotal(noted: RecordedRequest, state: State): number | undefined {
  const { operationId, query, user } = noted;
  if (user === undefined || !noPart(query.where)) return undefined;
  const asked = noPart(query.includeInactive) ? undefined : first(query.includeInactive) === 'true';
  const isShown = ({ active }: { readonly active: boolean }, isDefault: boolean) => active || (asked ?? isDefault);
  const account = Number(/^\/accounts\/(\d+)\/users$/.exec(noted.path)?.[1]);
  const caller = state.users.get(user.id);
  const accounts = [...state.accounts.values()].filter(({ organizationId }) => organizationId === user.organizationId);
  const users = [...state.users.values()].filter(({ organizationId }) => organizationId === user.organizationId);
  const seesAll = caller !== undefined && viewsEverybody(caller, state);
  const isDefault = (id: number) => state.accounts.get(id)?.defaultAccount === true;
  switch (operationId) {
    case 'getAccounts':
    case 'getOrganizationAccounts':
      return accounts.filter((account) => isShown(account, false)).length;
    case 'getAccountUsers':
      return Number.isNaN(account)
        ? undefined
        : users.filter((user) => user.accountId === account && isShown(user, true)).length;
    case 'getOrganizationUsers':
      return users.filter((user) => isDefault(user.accountId) && isShown(user, true)).length;
    case 'getUsers':
      return users
        .filter(({ accountId }) => seesAll || accountId === caller?.accountId)
        .filter((user) => isShown(user, false)).length;
    case 'getOrganizationRoles':
      return 4;
    default:
      return undefined;
  }
}

/** Whether one of a user's roles, of the account's or `org` has `viewUsersOrg`: by default `org-admin` alone. */
function viewsEverybody({ roles, accountId, organizationId }: UserRecord, state: State): boolean {
  const changed = state.organizations.get(organizationId)?.roles ?? [];
  const keys = [...roles, ...(state.accounts.get(accountId)?.roles ?? []), 'org'];
  return keys.some((key) => {
    const given = changed.find((each) => each.key === key);
    return given === undefined ? key === 'org-admin' : given.privileges.includes('viewUsersOrg');
  });
}

/** Checks that the answer has nothing of another organization. @throws {Error} */
export function verifyTenant(text: string, noted: RecordedRequest, state: State): void {
  const body: unknown = text === '' ? [] : JSON.parse(text);
  const own = noted.user?.organizationId;
  for (const record of Array.isArray(body) ? body : [body]) {
    const { email, companyId } = record as { email?: unknown; companyId?: unknown };
    const holder = typeof email === 'string' ? state.users.find('email', foldCase(email)) : undefined;
    ensure(own === undefined || (companyId ?? own) === own, `organization ${own} sees an account of ${companyId}`);
    ensure(own === undefined || (holder?.organizationId ?? own) === own, `organization ${own} sees ${email}`);
  }
}

type Values = string | readonly string[] | undefined;

function first(values: Values): string | undefined {
  return typeof values === 'string' ? values : values?.[0];
}

function noPart(values: Values): boolean {
  return (first(values) ?? '').trim() === '';
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(hasNull);
}

function ensure(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
