import { isRecord } from '../conformance/json.ts';
import { checkFixture } from '../fixtures/check-fixture.ts';
import { fillFixture } from '../fixtures/fill-fixture.ts';
import { FixtureError } from '../fixtures/fixture-error.ts';
import type { Fixture } from '../fixtures/fixture-types.ts';
import { Clock } from '../state/clock.ts';
import { createIds } from '../state/ids.ts';
import { keepDigits } from '../text/lossless-json.ts';
import type { LeftOut, Owner } from './left-out.ts';

/** How often a fixture is checked: an issue can hide others. */
const rounds = 20;

/** What the messages of issues begin with. */
const source = 'the pulled fixture';

/**
 * Removes what an emulator could not start with from a fixture that is not written yet, in place: one odd value of
 * a server must not cost all the others. What a fixture needs gets another value.
 *
 * @throws {FixtureError} when there is still an issue in the end.
 */
export function mend(fixture: Fixture, leftOut: LeftOut): void {
  for (let round = 1; ; round += 1) {
    const error = errorOf(fixture);
    if (error === undefined) return;
    if (round === rounds) throw error;
    const lists = new Set<unknown[]>();
    for (const { pointer, message } of error.faults) {
      const why = message.replace(`${source}: ${pointer}: `, '');
      mendAt(fixture, { pointer, why, round }, lists, leftOut);
    }
    // Only now, since the pointers count the entries.
    for (const list of lists) list.splice(0, list.length, ...list.filter((entry) => entry !== undefined));
  }
}

function errorOf(fixture: Fixture): FixtureError | undefined {
  const clock = new Clock();
  try {
    // As it will be read from the file, where whole numbers have all their digits.
    const written: unknown = keepDigits(fixture, JSON.stringify(fixture));
    checkFixture(written, source);
    fillFixture(written, source, clock, createIds(clock, undefined));
    return undefined;
  } catch (error) {
    if (error instanceof FixtureError) return error;
    throw error;
  }
}

interface Issue {
  readonly pointer: string;
  readonly why: string;
  /** In which round it was found. */
  readonly round: number;
}

/** Removes or replaces one value. An entry of a list that goes is `undefined` until the round is over. */
function mendAt(fixture: Fixture, { pointer, why, round }: Issue, lists: Set<unknown[]>, leftOut: LeftOut): void {
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = ownerAt(path);
  const owner = valueAt(fixture, path.slice(0, place.depth));
  const [id, field] = [isRecord(owner) ? owner.id : undefined, path.slice(place.depth)];
  const other = replacement(place.kind, field.join('.'), why, [id ?? path.slice(3, 6).join('-'), round]);
  if (other !== undefined) {
    Reflect.set(Object(owner), field[0] ?? '', other);
    leftOut.add(field.join('.'), { kind: place.kind, id }, why, 'Changed');
    return;
  }
  // Of two records with one id, only the first can be kept.
  const isRepeated = field.join('.') === 'id' && /no other/.test(why);
  const gone = isRepeated ? path.slice(0, place.depth) : entryOf(path);
  const parent = valueAt(fixture, gone.slice(0, -1));
  const key = gone.at(-1) ?? '';
  if (Array.isArray(parent)) {
    parent[Number(key)] = undefined;
    lists.add(parent);
  } else {
    Reflect.deleteProperty(Object(parent), key);
  }
  leftOut.add(isRepeated ? 'a repeated record' : nameOf(field), { kind: place.kind, id }, why);
}

/** The record that a path leads to or into, by how many steps. */
function ownerAt(path: readonly string[]): Pick<Owner, 'kind'> & { depth: number } {
  if (path[4] === 'users' && path.length > 5) return { kind: 'user', depth: 6 };
  return path[2] === 'accounts' && path.length > 3 ? { kind: 'account', depth: 4 } : { kind: 'organization', depth: 2 };
}

/** What takes the place of a value that a fixture cannot do without. */
function replacement(kind: Owner['kind'], field: string, why: string, [id, round]: [unknown, number]): unknown {
  // The round is in it from the second one on, where another user has such an email.
  const again = round === 1 ? '' : `-${round}`;
  if (kind === 'user' && field === 'email') return `user-${String(id)}${again}@unknown.example`;
  if (kind === 'organization' && field === 'name') return 'Organization';
  // The users of an inactive account are inactive, whatever the server says.
  return field === 'active' && /account is not active/.test(why) ? false : undefined;
}

/** The path of the entry that goes with a value: a role of the organization has nothing besides key and privileges. */
function entryOf(path: readonly string[]): readonly string[] {
  return path[2] === 'roles' && path.length > 3 && path[4] !== 'privileges' ? path.slice(0, 4) : path;
}

/** A field, without the places in its lists. */
function nameOf(field: readonly string[]): string {
  return field.filter((step) => !/^\d+$/.test(step)).join('.');
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((parent, key) => Object(parent)[key], value);
}
