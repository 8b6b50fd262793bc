import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Emulator } from '../../src/index.ts';
import { authorizationOf } from '../../src/platform/authentication/authorization.ts';
import type { Operation } from '../../src/platform/operation.ts';
import { operations } from '../../src/platform/operations.ts';
import { seedFastCheck } from '../ceql/seed.ts';
import { basePath, connect } from '../support/client.ts';
import { send } from '../support/http.ts';
import { isEndurance, runs } from '../support/runs.ts';
import { headerFor, port } from '../support/server.ts';
import { createWorld } from '../support/world.ts';
import { leaves, type Plan, plans, type Request, requestOf, unknownFor } from './calls.ts';
import { Knowledge } from './knowledge.ts';
import { listed, roleCount } from './lists.ts';
import { createTenants, people, readTenants, type Tenant } from './tenants.ts';

seedFastCheck();

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
}

type Send = (request: Request, authorization: string, path?: string) => Promise<Answer>;

/** Sends the calls of an emulator. */
function sendTo(emulator: Emulator): Send {
  return async ({ method, path, body, password }, authorization, instead = path) => {
    const answer = await send({
      port: port(),
      method,
      path: basePath + instead,
      headers: {
        Authorization: authorization,
        'Elements-User-Password': password,
        'Content-Type': body === undefined ? undefined : 'application/json',
        ...headerFor(emulator),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { 'elements-request-id': _id, connection: _connection, 'keep-alive': _alive, ...others } = answer.headers;
    return { status: answer.status, body: answer.text === '' ? '' : JSON.parse(answer.text), headers: others };
  };
}

/** Role endpoints tell that an id is another organization's (403), as the platform does. */
const tellsOwner = /^\/(users|accounts)\/\{id\}\/roles/;

/** Which operations have been done by which organization, and refused for names of the other one. */
const done = new Set<string>();
const refused = new Set<string>();

async function play(emulator: Emulator, send: Send, todo: readonly Plan[]) {
  const knowledge = new Knowledge();
  let before = readTenants(emulator);
  knowledge.learn(before);
  for (const plan of todo) {
    const { side, operationId, seed } = plan;
    const operation = operationOf(operationId);
    const [own, other] = side === 0 ? before : [before[1], before[0]];
    const request = requestOf(operation, seed, own, other);
    const authorization = authorizationFor(plan, knowledge, own, other);
    const answer = await send(request, authorization);
    const after = readTenants(emulator, before);
    knowledge.learn(after);
    const { status, body, headers } = answer;
    const now = after[side];
    const faults: unknown[] = status === 500 ? ['a fault of the emulator'] : [];

    // Nothing of the other organization was changed, and nothing at all by a call that was refused.
    const isSame = (one: Tenant | undefined, two: Tenant) =>
      one !== undefined &&
      (one.text === two.text || (isLogIn(operation) && withoutFailures(one) === withoutFailures(two)));
    if (!isSame(after[1 - side], other)) faults.push('changed the other organization');
    if (status !== 200 && !isSame(now, own)) faults.push('refused, and changed something');

    // The answer has nothing of the other organization, except the texts of the call itself.
    knowledge.hear(side, request.carried);
    const answered = [...leaves(body), ...leaves(headers)];
    faults.push(...knowledge.leaksIn(answered, side, now, status === 200 ? [] : request.carried));
    faults.push(...answered.filter((leaf) => /-password-/.test(String(leaf))));

    if (plan.by === 'mixed' && operation.access !== 'anyone') {
      if (status !== 401) faults.push('done with the secrets of two organizations');
    } else {
      if (status === 200) done.add(operationId);
      faults.push(...miscounted(plan, request, answer, own));
    }

    // A record of the other organization counts as unknown.
    if (request.foreign.length > 0) {
      if (status === 200 || status === 409) faults.push("done to what is the other's");
      if (status !== 401) refused.add(operationId);
      if (!tellsOwner.test(operation.path)) {
        const unknown = withoutNames(await send(request, authorization, request.twin), request);
        if (!isDeepStrictEqual(withoutNames(answer, request), unknown))
          faults.push('not as for an unknown name', unknown);
      }
    }
    const call = `${plan.person} of ${own.word} by ${plan.by}: ${request.method} ${request.path}`;
    expect({ call, sent: request.body, status, body, headers, faults }).toEqual(
      expect.objectContaining({ faults: [] }),
    );
    before = after;
  }
}

/** Wrong passwords are counted in any organization, and too many lock the user. */
function isLogIn({ access }: Operation): boolean {
  return access === 'anyone';
}

function withoutFailures({ text }: Tenant): string {
  return text.replace(/"(?:failedLogins|accountLocked)":\w+,?/g, '').replaceAll(',}', '}');
}

function operationOf(operationId: string): Operation {
  const operation = operations.find((known) => known.operationId === operationId);
  if (operation === undefined) throw new Error(`there is no operation ${operationId}`);
  return operation;
}

function authorizationFor(plan: Plan, knowledge: Knowledge, own: Tenant, other: Tenant): string {
  const { secret, token } = knowledge.credentialsOf(own, people[plan.person]);
  if (plan.by === 'token') return `Bearer ${token}`;
  return authorizationOf(secret, plan.by === 'mixed' ? other.secret : own.secret);
}

/** The differences between a list and a model that knows only the caller's organization. */
function miscounted({ person }: Plan, request: Request, { status, body, headers }: Answer, own: Tenant): unknown[] {
  const total = headers['elements-total-count'];
  const roles = roleCount(own, request.operationId, request.target);
  if (roles !== undefined && status === 200 && total !== String(roles)) return [{ roles }];
  const caller = own.users.find(({ id }) => id === own.id + people[person]);
  const ids = caller && listed(own, caller, request);
  if (ids === undefined || request.foreign.length > 0 || status === 401) return [];
  if (ids === 'unknown field') return status === 400 ? [] : [ids];
  const shown = Array.isArray(body) ? body.map((record: { id?: unknown }) => record.id) : body;
  const isSame = isDeepStrictEqual([total, shown], [String(ids.length), ids.slice(0, request.pageSize)]);
  // Users that are none are 404, unlike accounts.
  const isNone = ids.length === 0 && status === 404 && JSON.stringify(body).includes('"No users found"');
  return isSame || isNone ? [] : [{ listed: ids }];
}

/** An answer with the names of its call left out. */
function withoutNames({ status, body, headers }: Answer, { foreign }: Request): unknown {
  const names = foreign.flatMap((name) => [name, unknownFor(name)]).map(decodeURIComponent);
  const blank = (key: string, value: unknown) => {
    if (key === 'requestId') return '';
    return typeof value === 'string' ? names.reduce((text, name) => text.replaceAll(name, ''), value) : value;
  };
  return { status, headers, body: JSON.parse(JSON.stringify(body, blank)) };
}

test('an organization cannot read, change or count anything of another organization', async () => {
  const emulator = createTenants();
  await fc.assert(
    fc.asyncProperty(plans, async (todo) => {
      await emulator.reset();
      await play(emulator, sendTo(emulator), todo);
    }),
    { numRuns: runs(150) },
  );
  if (!isEndurance) return;
  // Otherwise nothing has been tried.
  const named = operations.filter(({ path }) => /\{(?!key)/.test(path) && path !== '/organizations/roles/{id}');
  const ids = (list: readonly Operation[]) => list.map(({ operationId }) => operationId);
  expect(ids(operations).filter((id) => !done.has(id))).toEqual([]);
  expect(ids(named).filter((id) => !refused.has(id))).toEqual([]);
}, 180_000);

test('ids are counted across all organizations', async () => {
  const emulator = createWorld();
  const create = async (email: string, externalId: string) => {
    const { status, body } = await connect(emulator, emulator.authorizationFor(email)).post('/accounts', {
      externalId,
    });
    expect(status).toBe(200);
    return body.id;
  };
  const first = await create('administrator@ten.example', 'one');
  expect(await create('administrator@twenty.example', 'two')).toBe(first + 1);
  expect(await create('administrator@ten.example', 'three')).toBe(first + 2);
});
