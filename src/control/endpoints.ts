import * as Type from '@sinclair/typebox';
import { FaultSchema } from '../faults/check-fault.ts';
import { StubSchema } from '../fixtures/stub-schema.ts';
import { NotFoundError } from '../http/errors.ts';
import { compilePattern } from '../journal/pattern.ts';
import { describeApi } from '../openapi/index.ts';
import { readDuration, readInstant } from '../state/clock.ts';
import { showStub } from '../stubs/show-stub.ts';
import { version } from '../text/version.ts';
import { certificate } from './certificate.ts';
import type { Controls } from './controls.ts';
import { asBadRequest, bodyOf, type Endpoint, endpoint, type RawEndpoint } from './endpoint.ts';
import { eventStream } from './event-stream.ts';
import { listInPieces, Pieces } from './pieces.ts';
import { sandboxEndpoints } from './sandbox-endpoints.ts';
import { listAccounts, listOrganizations, listUsers } from './tree.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.Optional(Type.String());
const done = { status: 'ok' } as const;

const SnapshotName = Type.String({
  pattern: '^\\w[\\w.-]{0,99}$',
  title: '1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first',
});

const requestQuery = Type.Object(
  {
    method: Text,
    path: Text,
    operationId: Text,
    status: Type.Optional(Type.String({ pattern: '^[1-5]\\d\\d$', title: 'a status' })),
  },
  { ...closed, noBlank: true },
);

/** `{now: instant}` stops the clock there, `{now: null}` lets it run, `{advance: {days: 1}}` moves it. */
const clockBody = bodyOf(
  Type.Object(
    {
      now: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()], { title: 'an instant or null' })),
      advance: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { title: 'an object such as {"days": 1}' })),
    },
    closed,
  ),
);

const Id = Type.Optional(Type.String({ pattern: '^\\d+$', title: 'an id' }));
const paging = { where: Text, offset: Text, pageSize: Text, page: Text, nextPage: Text };

/** The endpoints that remove all entries of a list, and one by its id. */
const removal = (
  path: `/${string}`,
  noun: string,
  listOf: (controls: Controls) => { clear(): void; remove(id: number): boolean },
) => [
  endpoint({
    method: 'DELETE',
    path,
    handler: ({ controls }) => {
      listOf(controls).clear();
      return done;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: `${path}/{id}`,
    handler: ({ controls, name }) => {
      if (/^[1-9]\d*$/.test(name) && listOf(controls).remove(Number(name))) return done;
      throw new NotFoundError(`There is no ${noun} ${name}.`);
    },
  }),
];

/** The table of control endpoints. They do the same as the emulator's own methods. */
export const endpoints: readonly (Endpoint | RawEndpoint)[] = [
  endpoint({ method: 'GET', path: '/health', handler: () => ({ ...done, version }) }),
  endpoint({
    method: 'GET',
    path: '/credentials',
    query: Type.Object({ user: Text }),
    handler: ({ controls, query: { user } }) => {
      const credentials = controls.credentialsOf(user);
      if (credentials !== undefined) return credentials;
      throw new NotFoundError(user === undefined ? 'There is no administrator.' : `No user found for '${user}'.`);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/reset',
    handler: ({ controls }) => controls.reset().then(() => done),
  }),
  endpoint({
    method: 'GET',
    path: '/snapshots',
    handler: ({ controls }) => controls.listSnapshots(),
  }),
  endpoint({
    method: 'POST',
    path: '/snapshots',
    body: bodyOf(Type.Object({ name: SnapshotName, fixture: Type.Optional(Type.Unknown()) }, closed)),
    handler: ({ controls, body: { name, fixture } }) => {
      asBadRequest(() => controls.saveSnapshot(name, fixture));
      return { name };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/snapshots/{name}',
    handler: ({ controls, name }) => new Pieces(controls.readSnapshot(name) ?? noSnapshot(name, controls)),
  }),
  endpoint({
    method: 'DELETE',
    path: '/snapshots/{name}',
    handler: ({ controls, name }) => (controls.deleteSnapshot(name) ? { name } : noSnapshot(name, controls)),
  }),
  endpoint({
    method: 'POST',
    path: '/snapshots/{name}/restore',
    handler: async ({ controls, name }) =>
      (await controls.restoreSnapshot(name)) ? { name } : noSnapshot(name, controls),
  }),
  endpoint({
    method: 'GET',
    path: '/requests',
    query: requestQuery,
    handler: ({ controls, query: { status, ...query } }) => {
      const pattern = { ...query, ...(status === undefined ? {} : { status: Number(status) }) };
      const matches = asBadRequest(() => compilePattern(pattern, controls.stubs.paths()));
      return listInPieces(controls.requests, (request) => (matches(request) ? request : undefined));
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/requests',
    handler: ({ controls }) => {
      controls.requests.clear();
      return done;
    },
  }),
  endpoint({ method: 'GET', path: '/faults', handler: ({ controls }) => controls.faults.list() }),
  endpoint({
    method: 'POST',
    path: '/faults',
    body: {
      schema: FaultSchema,
      read: (body) => body,
    },
    handler: ({ controls: { faults }, body }) => {
      const added = asBadRequest(() => faults.add(body));
      return faults.list().find(({ id }) => id === added);
    },
  }),
  ...removal('/faults', 'fault', ({ faults }) => faults),
  endpoint({ method: 'GET', path: '/stubs', handler: ({ controls }) => controls.stubs.list().map(showStub) }),
  endpoint({
    method: 'POST',
    path: '/stubs',
    body: { schema: StubSchema, read: (body) => body },
    handler: ({ controls: { stubs }, body }) => asBadRequest(() => stubs.add(body)),
  }),
  ...removal('/stubs', 'stub', ({ stubs }) => stubs),
  endpoint({ method: 'GET', path: '/openapi.json', handler: ({ url }) => describeApi(url) }),
  endpoint({ method: 'GET', path: '/clock', handler: ({ controls }) => showClock(controls) }),
  endpoint({
    method: 'PUT',
    path: '/clock',
    body: clockBody,
    handler: ({ controls, body }) => {
      asBadRequest(() => setClock(controls, body));
      return showClock(controls);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/organizations',
    query: Type.Object({}, closed),
    handler: ({ controls }) => listOrganizations(controls.state()),
  }),
  endpoint({
    method: 'GET',
    path: '/accounts',
    query: Type.Object({ organization: Id, ...paging }, closed),
    handler: ({ controls, query }) =>
      listAccounts(controls.state(), { organization: readId(query.organization) }, query),
  }),
  endpoint({
    method: 'GET',
    path: '/users',
    query: Type.Object({ organization: Id, account: Id, ...paging }, closed),
    handler: ({ controls, query }) =>
      listUsers(controls.state(), { organization: readId(query.organization), account: readId(query.account) }, query),
  }),
  ...sandboxEndpoints,
  certificate,
  eventStream,
];

function noSnapshot(name: string, controls: Controls): never {
  const names = controls.snapshotNames();
  const known = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`;
  throw new NotFoundError(`There is no snapshot '${name}': ${known}.`);
}

function showClock({ now }: Controls) {
  return { now: new Date(now()).toISOString() };
}

function setClock(controls: Controls, { now, advance }: ReturnType<typeof clockBody.read>): void {
  if ((now === undefined) === (advance === undefined)) {
    throw new Error(
      "Give either 'now', an instant or null for the machine's time, or 'advance', such as {\"days\": 1}.",
    );
  }
  if (advance !== undefined) controls.moveClock(readDuration(advance, controls.now(), "Field 'advance'"));
  else if (now === null || now === undefined) controls.setClock({ ahead: 0 });
  else controls.setClock({ standing: readInstant(now, "Field 'now'") });
}

function readId(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
