import { Errors, type ValueError, ValueErrorType } from '@sinclair/typebox/errors';
import { Check } from '@sinclair/typebox/value';
import { describeKind, describeSchema } from '../schema-words.ts';
import { didYouMean, suggest } from '../suggest.ts';
import { FixtureError, type Problem } from './fixture-error.ts';
import { type CheckedFixture, FixtureSchema, fixtureVersion } from './fixture-schema.ts';
import type { Fixture } from './fixture-types.ts';

/**
 * Proves that a value has the form of a fixture.
 *
 * @param source what to call the fixture in an error.
 * @throws {FixtureError} at the first fault.
 */
export function checkFixture(value: unknown, source: string): asserts value is CheckedFixture {
  if (isNewer(value)) {
    const found = `found ${JSON.stringify(value.version)}, which a newer version of the emulator has written`;
    throw new FixtureError(source, '/version', `${found}: this one knows version ${fixtureVersion}`);
  }
  // Looking for what is wrong takes several times as long as finding that nothing is.
  if (Check(FixtureSchema, value)) return;
  const fault = firstFault(value);
  if (fault !== undefined) {
    throw new FixtureError(source, fault.path, describe(fault), () => allFaults(value));
  }
}

/** Of such a file every other fault says nothing. */
function isNewer(value: unknown): value is { readonly version: number } {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false;
  return typeof value.version === 'number' && value.version > fixtureVersion;
}

// The public interface is written out, with its comments; this proves that what is checked has it.
const asPublic = (fixture: CheckedFixture): Fixture => fixture;
void asPublic;

function firstFault(value: unknown): ValueError | undefined {
  const first = Errors(FixtureSchema, value).First();
  if (first?.type !== ValueErrorType.ObjectRequiredProperty) return first;
  // A key that is missing may be there misspelt, which says more.
  const [parent] = splitPointer(first.path);
  for (const fault of Errors(FixtureSchema, value)) {
    const isSibling = splitPointer(fault.path)[0] === parent;
    if (isSibling && fault.type === ValueErrorType.ObjectAdditionalProperties) return fault;
  }
  return first;
}

/** All faults, one a place. */
function allFaults(value: unknown): Problem[] {
  const byPath = new Map<string, ValueError>();
  const misspelt = new Set<string>();
  for (const fault of Errors(FixtureSchema, value)) {
    if (!byPath.has(fault.path)) byPath.set(fault.path, fault);
    if (fault.type !== ValueErrorType.ObjectAdditionalProperties) continue;
    const [parent, name] = splitPointer(fault.path);
    misspelt.add(`${parent}/${suggest(name, Object.keys(fault.schema.properties))}`);
  }
  // What is there misspelt is not missing besides.
  const isTold = (fault: ValueError) => fault.value !== undefined || !misspelt.has(fault.path);
  return [...byPath.values()].filter(isTold).map((fault) => [fault.path, describe(fault)]);
}

/** The place of a property's object, and the property's name. */
function splitPointer(path: string): [parent: string, name: string] {
  const end = path.lastIndexOf('/');
  return [path.slice(0, end), unescapePointer(path.slice(end + 1))];
}

/** Fields whose values no message may repeat. */
const confidential = /\/(?:password|previousPasswords|secret|tokens|oauthToken)(?:\/|$)/;

function describe(fault: ValueError): string {
  const [, name] = splitPointer(fault.path);
  if (fault.type === ValueErrorType.ObjectAdditionalProperties) return describeUnknownKey(name, fault);
  // A key can be missing; the whole is what somebody gave, who has to hear that it was nothing.
  if (fault.value === undefined && fault.path !== '') return `is missing: expected ${describeSchema(fault.schema)}`;
  if (fault.value === '') return `found an empty text, expected ${describeSchema(fault.schema)}`;
  const found = confidential.test(fault.path)
    ? `${describeKind(fault.value)} that is not shown`
    : describeValue(fault.value);
  return `found ${found}, expected ${describeSchema(fault.schema)}`;
}

function describeUnknownKey(name: string, fault: ValueError): string {
  const known = Object.keys(fault.schema.properties);
  return `unknown key '${name}': ${didYouMean(name, known, `expected one of ${known.join(', ')}`)}`;
}

function describeValue(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return 'an empty list';
  if (typeof value === 'object' || value === undefined) return describeKind(value);
  const text = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Undoes the escapes of a JSON pointer. */
function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
