import type { Fault } from '../../faults/fault.ts';
import type { RecordedRequest } from '../../journal/recorded-request.ts';
import type { Stub } from '../../stubs/stub.ts';
import { asCall } from '../journal/as-call.ts';
import { faults } from '../state/faults.ts';
import { stubs } from '../state/stubs.ts';
import { attempt, say } from '../state/toasts.ts';
import { copy } from '../ui/copy.ts';
import { asTest } from './as-test.ts';
import type { Call } from './call.ts';
import { type Excerpt, excerptFor, withoutMade } from './excerpt.ts';
import { answered, entryOf } from './send.ts';
import { call, sender } from './state.ts';

/** Copies the console's request as a test, which expects the answer if this request was sent. */
export async function copyTest(): Promise<void> {
  const sent = call.value;
  if (sent === undefined) return say('Nothing to copy yet.');
  const last = answered.value;
  const excerpt = last === undefined ? await excerptFor(sent, sender.value) : await last.before;
  const entry = last && entryOf(last);
  const answer = last && {
    ...{ status: last.status, body: last.json },
    ...{ fault: faultOf(entry?.fault), stub: stubOf(entry?.stub) },
  };
  await copy(
    asTest({
      ...{ call: sent, caller: sender.value, answer },
      fixture: excerpt?.fixture,
      notes: [...notesOf(sent, excerpt, answer?.status), ...goneOf(entry?.fault, entry?.stub)],
    }),
    'Test',
  );
}

/** Copies a recorded request as a test, with the state of now: the one before it is not known any more. */
export async function copyTestOf(request: RecordedRequest): Promise<void> {
  const sent = asCall(request);
  if (sent === undefined) return;
  const { method, status, answer: body, user, fault, stub } = request;
  const made = method === 'POST' && status !== undefined && status < 300 ? Object(body).id : undefined;
  await attempt(async () => {
    const excerpt = withoutMade(await excerptFor(sent, user?.email), made);
    // A later request may have changed the records, also those that a GET or a POST depended on.
    const hasFixture = excerpt?.fixture !== undefined;
    const notes = [
      ...notesOf(sent, excerpt, status),
      ...goneOf(fault, stub),
      ...(hasFixture ? ['The fixture has the records as they are after this request.'] : []),
    ];
    const answer = { status, body, fault: faultOf(fault), stub: stubOf(stub) };
    await copy(asTest({ call: sent, caller: user?.email, answer, fixture: excerpt?.fixture, notes }), 'Test');
  });
}

/** What the test needs and the fixture does not have. */
function notesOf({ path }: Call, excerpt: Excerpt | undefined, status = 200): string[] {
  if (excerpt === undefined) return ['The sandbox does not know which records this needs.'];
  if (status >= 400) return [];
  return [
    ...excerpt.missing.map((what) => `It needs ${what}, which the emulator no longer has.`),
    ...(excerpt.fixture !== undefined && path.includes('where=')
      ? ['Add the records that the search finds to the fixture.']
      : []),
  ];
}

/** What made the answer and was removed since, so that the test lacks it. */
function goneOf(fault: number | undefined, stub: number | undefined): string[] {
  return [
    ...(fault !== undefined && faultOf(fault) === undefined
      ? [`Fault ${fault} made this answer and was removed since: add it by emulator.faults.add({ … }).`]
      : []),
    ...(stub !== undefined && stubOf(stub) === undefined
      ? [`Stub ${stub} made this answer: add it by emulator.stubs.add({ … }).`]
      : []),
  ];
}

/** A fault, if it is still in the list. */
function faultOf(id: number | undefined): Fault | undefined {
  const found = id === undefined ? undefined : faults.value.find((each) => each.id === id);
  if (found === undefined) return undefined;
  // The test makes one request, so the fault must apply to the first.
  const { id: _id, matched: _matched, applied: _applied, after: _after, ...fault } = found;
  return fault;
}

/** A stub, if it is still in the list and no function. */
function stubOf(id: number | undefined): Stub | undefined {
  const found = id === undefined ? undefined : stubs.value.find((each) => each.id === id);
  if (found === undefined || found.respond !== undefined) return undefined;
  const { id: _id, given: _given, matched: _matched, applied: _applied, respond: _respond, ...stub } = found;
  return stub;
}
