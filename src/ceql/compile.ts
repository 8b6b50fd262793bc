import { formatDay, startOfDay } from '../state/dates.ts';
import { foldCase } from '../text/fold-case.ts';
import type { Comparison, ComparisonOperator, Expression, Like, Literal, Membership, NullTest } from './ast.ts';
import { CeqlError } from './error.ts';
import type { Field, SearchFields } from './fields.ts';
import { compileLike } from './like.ts';
import { booleanOf, dateOf, numberOf } from './values.ts';

type Test<V> = (value: V) => boolean;

/** A compiled expression, which tests records. */
export interface CompiledQuery<R> {
  matches(record: R): boolean;
  /**
   * What every matching record must equal, by field, so that a list can take the records from an index and test
   * only those.
   */
  readonly equalities: ReadonlyMap<string, readonly string[]>;
}

/**
 * Compiles an expression to a predicate.
 *
 * A comparison with an unset field is false, also `!=`, NOT LIKE and NOT IN; `= null` and `!= null` mean the same as IS
 * NULL and IS NOT NULL.
 *
 * @throws {CeqlError} for a field that cannot be searched, or a value that cannot be compared with its field.
 */
export function compile<R>(expression: Expression, fields: SearchFields<R>): CompiledQuery<R> {
  const equalities = new Map<string, readonly string[]>();
  for (const part of expression.type === 'and' ? expression.operands : [expression]) {
    if (part.type === 'comparison' && part.operator === '=' && part.value.kind !== 'null') {
      equalities.set(part.field.name, [part.value.text]);
    } else if (part.type === 'in' && !part.negated) {
      const values = part.values.filter((value) => value.kind !== 'null');
      equalities.set(
        part.field.name,
        values.map((value) => value.text),
      );
    }
  }
  return { matches: compileNode(expression, fields), equalities };
}

function compileNode<R>(node: Expression, fields: SearchFields<R>): Test<R> {
  switch (node.type) {
    case 'and': {
      const tests = node.operands.map((operand) => compileNode(operand, fields));
      return (record) => tests.every((test) => test(record));
    }
    case 'or': {
      const tests = node.operands.map((operand) => compileNode(operand, fields));
      return (record) => tests.some((test) => test(record));
    }
    case 'not': {
      const test = compileNode(node.operand, fields);
      return (record) => !test(record);
    }
    default:
      return compilePredicate(node, fieldOf(node, fields));
  }
}

function fieldOf<R>(node: { field: { name: string; position: number } }, fields: SearchFields<R>): Field<R> {
  const field = fields.get(node.field.name);
  if (field === undefined) {
    const known = [...fields.keys()].join(', ');
    throw new CeqlError(`field '${node.field.name}' cannot be searched, only ${known} can`, node.field.position);
  }
  return field;
}

function compilePredicate<R>(node: Comparison | Like | Membership | NullTest, field: Field<R>): Test<R> {
  const name = node.field.name;
  switch (node.type) {
    case 'null':
      return (record) => (field.read(record) === undefined) !== node.negated;
    case 'like': {
      const like = compileLike(node.pattern.text);
      return whenSet(field, (value) => like(textOf(field, value)) !== node.negated);
    }
    case 'in': {
      const tests = node.values.map((value) => compileValue(field, name, '=', value));
      return whenSet(field, (value) => tests.some((test) => test(value)) !== node.negated);
    }
    case 'comparison': {
      if (node.value.kind === 'null') return compileNullComparison(field, node);
      return whenSet(field, compileValue(field, name, node.operator, node.value));
    }
  }
}

function compileNullComparison<R>(field: Field<R>, { operator, value }: Comparison): Test<R> {
  if (operator !== '=' && operator !== '!=') {
    throw new CeqlError(`null cannot be compared with ${operator}, only with = and !=`, value.position);
  }
  return (record) => (field.read(record) === undefined) === (operator === '=');
}

type Value = string | number | boolean;

function whenSet<R>(field: Field<R>, test: Test<Value>): Test<R> {
  return (record) => {
    const value = field.read(record);
    return value !== undefined && test(value);
  };
}

/** The text that LIKE matches: the value as a response has it. */
function textOf<R>(field: Field<R>, value: Value): string {
  return field.type === 'date' ? formatDay(Number(value)) : String(value);
}

/** Compiles a test of a set value against a literal. */
function compileValue<R>(field: Field<R>, name: string, operator: ComparisonOperator, literal: Literal): Test<Value> {
  // A null in an IN list equals nothing: a query needs IS NULL for it.
  if (literal.kind === 'null') return () => false;
  switch (field.type) {
    case 'number':
      return ordered(operator, numberOf(literal, name));
    case 'date': {
      const { at, wholeDay } = dateOf(literal, name);
      const test = ordered(operator, at);
      return wholeDay ? (value) => test(startOfDay(Number(value))) : test;
    }
    case 'boolean': {
      if (operator !== '=' && operator !== '!=') {
        throw new CeqlError(
          `field '${name}' is true or false and cannot be compared with ${operator}`,
          literal.position,
        );
      }
      return ordered(operator, booleanOf(literal, name));
    }
    case 'words':
      return operator === '=' || operator === '!='
        ? hasWord(literal.text, operator === '=')
        : ordered(operator, literal.text);
    case 'text':
      return ordered(operator, literal.text);
  }
}

/** Whether a text, or one of the words between its spaces, is this text. */
function hasWord(text: string, expected: boolean): Test<Value> {
  const wanted = foldCase(text);
  const isOneWord = wanted !== '' && !/\s/.test(wanted);
  const word = isOneWord ? new RegExp(`(?:^|\\s)${escapePattern(wanted)}(?:\\s|$)`) : undefined;
  return (value) => {
    const folded = foldCase(String(value));
    return (folded === wanted || word?.test(folded) === true) === expected;
  };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function ordered<V extends Value>(operator: ComparisonOperator, wanted: V): Test<Value> {
  switch (operator) {
    case '=':
      return (value) => value === wanted;
    case '!=':
      return (value) => value !== wanted;
    case '<':
      return (value) => value < wanted;
    case '>':
      return (value) => value > wanted;
    case '<=':
      return (value) => value <= wanted;
    case '>=':
      return (value) => value >= wanted;
  }
}
