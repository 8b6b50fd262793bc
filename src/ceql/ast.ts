/**
 * The parts of a CEQL expression, as the grammar builds them.
 *
 * `position` is the 1-based place of the part in the text of `where`; it is used in
 * error messages only.
 */

/** A value as written. Unquoted values keep their text, so that `externalId=007` can match "007". */
export interface Literal {
  readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'null';
  readonly text: string;
  readonly position: number;
}

export type ComparisonOperator = '=' | '!=' | '<' | '>' | '<=' | '>=';

export interface FieldReference {
  readonly name: string;
  readonly position: number;
}

export interface Comparison {
  readonly type: 'comparison';
  readonly field: FieldReference;
  readonly operator: ComparisonOperator;
  readonly value: Literal;
}

export interface Like {
  readonly type: 'like';
  readonly field: FieldReference;
  readonly negated: boolean;
  readonly pattern: Literal;
}

export interface Membership {
  readonly type: 'in';
  readonly field: FieldReference;
  readonly negated: boolean;
  readonly values: readonly Literal[];
}

export interface NullTest {
  readonly type: 'null';
  readonly field: FieldReference;
  readonly negated: boolean;
}

export interface Negation {
  readonly type: 'not';
  readonly operand: Expression;
}

export interface Combination {
  readonly type: 'and' | 'or';
  readonly operands: readonly Expression[];
}

export type Predicate = Comparison | Like | Membership | NullTest;
export type Expression = Predicate | Negation | Combination;
