import type { Side } from '../app.ts';
import { checkFault } from '../faults/check-fault.ts';
import type { Faults } from '../faults/fault.ts';
import type { Snapshot } from '../fixtures/snapshot-types.ts';
import type { Journal } from '../journal/journal.ts';
import type { RequestQuery } from '../journal/pattern.ts';
import { describeApi } from '../openapi/index.ts';
import { BadRequestError, NotFoundError } from '../platform/errors.ts';
import { type Duration, type EmulatorClock, readDuration, readInstant } from '../state/clock.ts';
import type { State } from '../state/state.ts';
import { messageOf } from '../text/message-of.ts';
import { version } from '../text/version.ts';
import type { Credentials } from './credentials.ts';
import { eventsRoute } from './event-stream.ts';
import type { Events } from './events.ts';
import { treeRoutes } from './tree-routes.ts';

/** What the control endpoints do: the same as the emulator's own methods. */
export interface Controls {
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly requests: Journal;
  reset(): Promise<void>;
  /** The present moment as a fixture. */
  snapshot(): Snapshot;
  /** Goes to the moment that a fixture describes. @throws {FixtureError} when it cannot be used. */
  restore(snapshot: unknown): Promise<void>;
  /** The names of the snapshots that are kept, oldest first. */
  snapshotNames(): string[];
  /** Keeps the present moment, or the one that a fixture describes, under a name. @throws {FixtureError} */
  saveSnapshot(name: string, fixture?: unknown): void;
  /** A snapshot that is kept, written out; `undefined` when there is none of that name. */
  readSnapshot(name: string): Snapshot | undefined;
  /** Forgets a snapshot; `false` when there is none of that name. */
  deleteSnapshot(name: string): boolean;
  /** Goes back to a snapshot; `false` when there is none of that name. */
  restoreSnapshot(name: string): Promise<boolean>;
  /** The credentials of a user, of the administrator by default; `undefined` when there is none. */
  credentialsOf(emailOrId?: string): Credentials | undefined;
  /** The present state. */
  state(): State;
  readonly events: Events;
}

/** A call of a control endpoint. */
export interface ControlCall {
  /** The address by which the emulator is asked, such as `http://127.0.0.1:4600`. */
  readonly url: string;
  /** The part of the path in braces. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One control endpoint; what it returns goes out as JSON, with status 200. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /__emulator. */
  readonly path: string;
  handle(call: ControlCall): unknown;
}

/** One that answers something else than JSON. */
export interface OtherRoute {
  readonly method: 'GET';
  readonly path: string;
  readonly respond: Side;
}

/** The table of control endpoints. */
export function controlRoutes(controls: Controls): readonly (ControlRoute | OtherRoute)[] {
  const { clock, faults, requests } = controls;
  const showClock = () => ({ now: clock.now().toISOString() });
  return [
    { method: 'GET', path: '/health', handle: () => ({ status: 'ok', version }) },
    {
      method: 'GET',
      path: '/credentials',
      handle: ({ query }) => {
        const user = query.get('user') || undefined;
        const credentials = controls.credentialsOf(user);
        if (credentials !== undefined) return credentials;
        throw new NotFoundError(user === undefined ? 'There is no administrator.' : `No user found for '${user}'.`);
      },
    },
    {
      method: 'POST',
      path: '/reset',
      handle: async () => {
        await controls.reset();
        return { status: 'ok' };
      },
    },
    { method: 'GET', path: '/snapshots', handle: () => controls.snapshotNames().map((name) => ({ name })) },
    {
      method: 'POST',
      path: '/snapshots',
      handle: ({ body }) => {
        const { name, fixture } = fieldsOf(body, ['name', 'fixture']);
        if (typeof name !== 'string' || !/^\w[\w.-]{0,99}$/.test(name)) {
          throw new BadRequestError(
            "Field 'name' must be 1 to 100 letters, digits, dots, dashes and underscores, no dot or dash first.",
          );
        }
        refuse(() => controls.saveSnapshot(name, fixture));
        return { name };
      },
    },
    {
      method: 'GET',
      path: '/snapshots/{name}',
      handle: ({ name }) => controls.readSnapshot(name) ?? noSnapshot(name, controls),
    },
    {
      method: 'DELETE',
      path: '/snapshots/{name}',
      handle: ({ name }) => (controls.deleteSnapshot(name) ? { name } : noSnapshot(name, controls)),
    },
    {
      method: 'POST',
      path: '/snapshots/{name}/restore',
      handle: async ({ name }) => ((await controls.restoreSnapshot(name)) ? { name } : noSnapshot(name, controls)),
    },
    { method: 'GET', path: '/requests', handle: ({ query }) => refuse(() => requests.filter(readPattern(query))) },
    {
      method: 'DELETE',
      path: '/requests',
      handle: () => {
        requests.clear();
        return { status: 'ok' };
      },
    },
    { method: 'GET', path: '/faults', handle: () => faults.list() },
    {
      method: 'POST',
      path: '/faults',
      handle: ({ body }) => {
        const id = refuse(() => {
          checkFault(body);
          return faults.add(body);
        });
        return faults.list().find((fault) => fault.id === id);
      },
    },
    {
      method: 'DELETE',
      path: '/faults',
      handle: () => {
        faults.clear();
        return { status: 'ok' };
      },
    },
    {
      method: 'DELETE',
      path: '/faults/{id}',
      handle: ({ name }) => {
        if (!/^[1-9]\d*$/.test(name) || !faults.remove(Number(name)))
          throw new NotFoundError(`There is no fault ${name}.`);
        return { status: 'ok' };
      },
    },
    { method: 'GET', path: '/openapi.json', handle: ({ url }) => describeApi(url) },
    { method: 'GET', path: '/clock', handle: showClock },
    {
      method: 'PUT',
      path: '/clock',
      handle: ({ body }) => {
        const { now, advance } = fieldsOf(body, ['now', 'advance']);
        refuse(() => setClock(clock, now, advance));
        return showClock();
      },
    },
    ...treeRoutes(controls),
    eventsRoute(controls.events),
  ];
}

/** `{now: instant}` stops the clock there, `{now: null}` lets it run, `{advance: {days: 1}}` moves it. */
function setClock(clock: EmulatorClock, now: unknown, advance: unknown): void {
  if ((now === undefined) === (advance === undefined)) {
    throw new Error(
      "Give either 'now', an instant or null for the machine's time, or 'advance', such as {\"days\": 1}.",
    );
  }
  if (advance !== undefined) {
    const milliseconds = readDuration(requireDuration(advance), clock.now().getTime(), "Field 'advance'");
    clock.advance({ milliseconds });
  } else if (now === null) clock.run();
  else if (typeof now === 'string' || typeof now === 'number') clock.set(readInstant(now, "Field 'now'"));
  else throw new Error("Field 'now' must be an instant or null.");
}

/** Its parts are checked where it is read. */
function requireDuration(value: unknown): Duration {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error('Field \'advance\' must be an object such as {"days": 1}.');
}

function readPattern(query: URLSearchParams): RequestQuery {
  const pattern: RequestQuery = {};
  for (const [name, value] of query) {
    if (name === 'status') pattern.status = readStatus(value);
    else if (name === 'method' || name === 'path' || name === 'operationId') pattern[name] = value;
    else throw new Error(`Parameter '${name}' is unknown: method, path, operationId and status are known.`);
  }
  return pattern;
}

function readStatus(text: string): number {
  if (/^[1-5]\d\d$/.test(text)) return Number(text);
  throw new Error(`Parameter 'status' must be a status, not '${text}'.`);
}

/** The fields of a body, of which no others may be given. */
function fieldsOf(body: unknown, known?: readonly string[]): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadRequestError('The body must be a JSON object.');
  }
  const unknown = known && Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new BadRequestError(`Field '${unknown}' is unknown: ${known?.join(', ')} are known.`);
  return Object.fromEntries(Object.entries(body));
}

/** Turns what the emulator's methods throw at wrong arguments into 400. */
function refuse<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new BadRequestError(messageOf(error));
  }
}

function noSnapshot(name: string, controls: Controls): never {
  const names = controls.snapshotNames();
  const known = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`;
  throw new NotFoundError(`There is no snapshot '${name}': ${known}.`);
}
