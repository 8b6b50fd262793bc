import type { Expression } from './ast.ts';
import { CeqlError } from './error.ts';
import { type Expectation, SyntaxError as GrammarSyntaxError, parse as parseGrammar } from './grammar.peggy';

/** The length limit of `where`, in characters; a longer one is refused before it is parsed. */
export const maxWhereLength = 8192;

/** How deep groups in parentheses can nest. */
const maxDepth = 50;

/**
 * Reads a CEQL expression: "a where clause like in a typical SQL query, but without the WHERE keyword" (seed 000).
 *
 * @throws {CeqlError} when the text is not CEQL, with the 1-based position of the first error.
 */
export function parse(where: string): Expression {
  if (where.length > maxWhereLength) {
    throw new CeqlError(`it is longer than ${maxWhereLength} characters`, maxWhereLength + 1);
  }
  try {
    return parseGrammar(where, { maxDepth });
  } catch (error) {
    if (!(error instanceof GrammarSyntaxError)) throw error;
    const whole = /^\s*(?=where)/i.exec(where)?.[0].length ?? 0;
    if (hasWord.test(where)) throw new CeqlError(leaveOut, whole + 1);
    const { offset } = error.location.start;
    throw new CeqlError(describe(error, where, offset), offset + 1);
  }
}

const leaveOut = "leave WHERE out: the expression begins with its first field, as in name='x'";

/** The word WHERE at the beginning, unless a comparison follows: then it is a field with that name. */
const hasWord = /^\s*where\b(?!\s*(?:$|[=<>!]|(?:not\s+)?(?:like|in)\b|is\b))/i;

function describe(error: GrammarSyntaxError, where: string, offset: number): string {
  if (error.expected === null) return error.message;
  const expected = [...new Set(error.expected.map(name))].filter((text) => text !== 'space');
  const found = error.found === null ? 'the end' : JSON.stringify(wordAt(where, offset));
  const hint = /\bnot\s*$/i.test(where.slice(0, offset)) && expected.includes('"("') ? notNeeds : '';
  return `expected ${enumerate(expected)} but found ${found}${hint}`;
}

const notNeeds = ': NOT needs parentheses, as in NOT (id=1)';

/** A longer word is cut in messages. */
const maxWord = 30;

/** Fields whose values no message repeats: a message about such a `where` quotes single characters only. */
const confidential = /\b(?:password|secret|oauthToken)\b/i;

/** The word that begins at an offset, or the character there. */
function wordAt(where: string, offset: number): string {
  const rest = where.slice(offset);
  const word = confidential.test(where) ? undefined : /^[\p{L}\p{N}_.]+/u.exec(rest)?.[0];
  if (word === undefined) return String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return word.length > maxWord ? `${word.slice(0, maxWord)}…` : word;
}

function name(expectation: Expectation): string {
  if (expectation.type === 'end') return 'the end';
  return expectation.description ?? JSON.stringify(expectation.text);
}

function enumerate(parts: readonly string[]): string {
  const sorted = [...parts].sort();
  const last = sorted.pop() ?? 'nothing';
  return sorted.length === 0 ? last : `${sorted.join(', ')} or ${last}`;
}
