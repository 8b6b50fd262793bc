import { createHash } from 'node:crypto';
import type { State } from './state.ts';
import { writeAccounts, writeOrganizations, writeSequences, writeUsers } from './write-fixture.ts';

/** How long the pieces are that are written at a time. */
const pieceLength = 65_536;

/**
 * The text of a state as a fixture, in small pieces: what `JSON.stringify(writeFixture(state), null, 2)`
 * gives, without ever having more than a record of it at hand.
 */
export function* fixtureText(state: State): Generator<string, undefined> {
  const newLines = Array.from({ length: 8 }, (_, depth) => `\n${' '.repeat(2 * depth)}`);
  const newLine = (depth: number) => newLines[depth] ?? '';
  const json = (value: object, depth: number) => JSON.stringify(value, null, 2).replaceAll('\n', newLine(depth));
  /** An object whose last property is a list of others, of which each comes in pieces of its own. */
  function* withList<T>(head: object, items: Iterable<T>, depth: number, write: (item: T) => Iterable<string>) {
    const text = json(head, depth);
    const end = `]${newLine(depth)}}`;
    let isEmpty = true;
    for (const item of items) {
      yield isEmpty ? text.slice(0, -end.length) : ',';
      yield newLine(depth + 2);
      yield* write(item);
      isEmpty = false;
    }
    yield isEmpty ? text : newLine(depth + 1) + end;
  }

  const sequences = json({ sequences: writeSequences(state) }, 0);
  const text = withList({ version: 1, organizations: [] }, writeOrganizations(state), 0, (organization) =>
    withList({ ...organization.fixture, accounts: [] }, writeAccounts(state, organization.id), 2, (account) =>
      withList({ ...account.fixture, users: [] }, writeUsers(state, account.id), 4, (user) => [json(user, 6)]),
    ),
  );
  // The list is not the last property of all: what comes after it takes the place of the closing brace.
  let last = '';
  for (const piece of text) {
    yield last;
    last = piece;
  }
  yield `${last.slice(0, -`${newLine(0)}}`.length)},${sequences.slice(1)}`;
}

/**
 * Text in pieces of some size.
 *
 * @param end what comes after it.
 */
export function* inPieces(text: Iterable<string>, end = ''): Generator<Buffer, undefined> {
  let piece = '';
  for (const part of text) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece + end);
}

/** The SHA-256 of a text, as hex. */
export function digestOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}
