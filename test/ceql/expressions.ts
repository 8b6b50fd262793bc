import type { ComparisonOperator, Expression, Literal } from '../../src/ceql/ast.ts';

/** Expressions as the tables of these tests write them, with every position 0. */

const literal = (kind: Literal['kind'], text: string): Literal => ({ kind, text, position: 0 });
export const text = (value: string): Literal => literal('text', value);
export const number = (value: string): Literal => literal('number', value);
export const bool = (value: string): Literal => literal('boolean', value);
export const date = (value: string): Literal => literal('date', value);
export const nothing: Literal = literal('null', 'null');

const field = (name: string) => ({ name, position: 0 });
export const compare = (name: string, operator: ComparisonOperator, value: Literal): Expression => ({
  type: 'comparison',
  field: field(name),
  operator,
  value,
});
export const like = (name: string, pattern: string, negated = false): Expression => ({
  type: 'like',
  field: field(name),
  negated,
  pattern: text(pattern),
});
export const within = (name: string, values: readonly Literal[], negated = false): Expression => ({
  type: 'in',
  field: field(name),
  negated,
  values,
});
export const unset = (name: string, negated = false): Expression => ({ type: 'null', field: field(name), negated });
export const not = (operand: Expression): Expression => ({ type: 'not', operand });
export const and = (...operands: Expression[]): Expression => ({ type: 'and', operands });
export const or = (...operands: Expression[]): Expression => ({ type: 'or', operands });

/** The same expression with every position 0: positions are not part of its meaning. */
export function withoutPositions(expression: Expression): Expression {
  return JSON.parse(JSON.stringify(expression), (key, value: unknown) => (key === 'position' ? 0 : value));
}
