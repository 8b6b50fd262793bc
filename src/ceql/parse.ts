import type { Expression } from './ast.ts';
import { CeqlError } from './error.ts';
import { type Expectation, SyntaxError as GrammarSyntaxError, parse as parseGrammar } from './grammar.peggy';

/** Longest `where` that is read, in characters; a longer one is refused before it is parsed. */
export const maxWhereLength = 8192;

/** How deep groups in parentheses may nest. */
const maxDepth = 50;

/**
 * Reads a CEQL expression.
 *
 * @throws {CeqlError} when the text is not CEQL, with the 1-based position of the first fault.
 */
export function parse(where: string): Expression {
  if (where.length > maxWhereLength) {
    throw new CeqlError(`it is longer than ${maxWhereLength} characters`, maxWhereLength + 1);
  }
  try {
    return parseGrammar(where, { maxDepth });
  } catch (error) {
    if (error instanceof GrammarSyntaxError) {
      throw new CeqlError(describe(error), error.location.start.offset + 1);
    }
    throw error;
  }
}

function describe(error: GrammarSyntaxError): string {
  if (error.expected === null) return error.message;
  const expected = [...new Set(error.expected.map(name))].filter((text) => text !== 'space');
  const found = error.found === null ? 'the end' : JSON.stringify(error.found);
  return `expected ${enumerate(expected)} but found ${found}`;
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
