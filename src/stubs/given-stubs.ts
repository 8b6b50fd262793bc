import { FixtureError, type Issue } from '../fixtures/fixture-error.ts';
import { messageOf } from '../text/message-of.ts';
import { checkStub, copyStub, type FixedStub, stubMistake } from './check-stub.ts';
import type { Stub } from './stub.ts';

/**
 * The stubs of a fixture.
 *
 * @param source what to call the fixture in an error.
 * @throws {FixtureError} for a stub that could never answer.
 */
export function fixtureStubs(stubs: readonly FixedStub[] = [], source: string): Stub[] {
  const issues = stubs.flatMap((stub, index): Issue[] => {
    const mistake = stubMistake(stub);
    if (mistake === undefined) return [];
    const [field, problem] = mistake;
    // The fixture's messages end without a full stop.
    return [[`/stubs/${index}${field === '' ? '' : `/${field}`}`, problem.replace(/\.$/, '')]];
  });
  const [first] = issues;
  if (first !== undefined) throw new FixtureError(source, ...first, () => issues);
  return stubs.map(asStub);
}

/** @throws {Error} for a stub of the option that cannot be used. */
export function optionStubs(stubs: readonly unknown[] = []): Stub[] {
  return stubs.map((stub, index) => {
    try {
      return asStub(stub);
    } catch (error) {
      throw new Error(`Option 'stubs', [${index}]: ${messageOf(error)}`);
    }
  });
}

function asStub(stub: unknown): Stub {
  checkStub(stub);
  return copyStub(stub);
}
