import type { Expression } from './ast.ts';

/** What the parser expected at the place of a syntax error. */
export interface Expectation {
  readonly type: string;
  readonly description?: string;
  readonly text?: string;
}

declare class GrammarSyntaxError extends SyntaxError {
  readonly expected: readonly Expectation[] | null;
  readonly found: string | null;
  readonly location: { readonly start: { readonly offset: number } };
}

export { GrammarSyntaxError as SyntaxError };

export function parse(where: string, options: { maxDepth: number }): Expression;
