import type { ComparisonOperator, Expression, Literal, Predicate } from '../../src/ceql/ast.ts';
import type { UserRecord } from '../../src/state/records.ts';

/** The meaning of CEQL once more, written from the specification and not from the code: slow and plain. */

/** The value of a field of a user, and how it is compared; `undefined` for an unset field. */
function read(user: UserRecord, name: string): { type: string; value: string | number | boolean | undefined } {
  const fullName = `${user.firstName} ${user.lastName}`;
  switch (name) {
    case 'id':
      return { type: 'number', value: user.id };
    case 'createdDate':
      return { type: 'date', value: user.createdDate };
    case 'active':
    case 'enabled':
      return { type: 'boolean', value: user.active };
    case 'credentialsExpired':
      return { type: 'boolean', value: user.active ? user.credentialsExpired : true };
    case 'accountLocked':
      return { type: 'boolean', value: false };
    case 'username':
      return { type: 'text', value: user.username === undefined ? user.email : user.username };
    case 'fullName':
      return { type: 'text', value: fullName };
    case 'name':
      return { type: 'words', value: fullName };
    case 'firstName':
    case 'lastName':
    case 'email':
    case 'city':
    case 'externalId':
      return { type: 'text', value: user[name] };
    default:
      throw new Error(`unexpected field ${name}`);
  }
}

export function evaluate(expression: Expression, user: UserRecord): boolean {
  switch (expression.type) {
    case 'and':
      return !expression.operands.some((operand) => !evaluate(operand, user));
    case 'or':
      return !expression.operands.every((operand) => !evaluate(operand, user));
    case 'not':
      return !evaluate(expression.operand, user);
    default:
      return evaluatePredicate(expression, user);
  }
}

function evaluatePredicate(predicate: Predicate, user: UserRecord): boolean {
  const { type, value } = read(user, predicate.field.name);
  if (predicate.type === 'null') return predicate.negated ? value !== undefined : value === undefined;
  if (predicate.type === 'comparison' && predicate.value.kind === 'null') {
    return predicate.operator === '=' ? value === undefined : value !== undefined;
  }
  if (value === undefined) return false;
  if (predicate.type === 'comparison') return holds(type, value, predicate.operator, predicate.value);
  const found =
    predicate.type === 'like'
      ? isLike(type === 'date' ? dayOf(Number(value)) : String(value), predicate.pattern.text)
      : predicate.values.some((each) => each.kind !== 'null' && holds(type, value, '=', each));
  return predicate.negated ? !found : found;
}

function holds(
  type: string,
  value: string | number | boolean,
  operator: ComparisonOperator,
  literal: Literal,
): boolean {
  if (type === 'words' && (operator === '=' || operator === '!=')) {
    const names = [String(value), ...String(value).split(/\s+/)].map(fold);
    return names.includes(fold(literal.text)) === (operator === '=');
  }
  const order = orderOf(type, value, literal.text);
  if (operator === '=') return order === 0;
  if (operator === '!=') return order !== 0;
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

/** Negative, 0 or positive, if the value is below, equal to or above the literal. */
function orderOf(type: string, value: string | number | boolean, written: string): number {
  if (type === 'number') return Number(value) - Number(written);
  if (type === 'boolean') return String(value) === written.toLowerCase() ? 0 : 1;
  if (type !== 'date') return order(String(value), written);
  if (/^-?\d+$/.test(written)) return Number(value) - Number(written);
  if (written.length === 10) return order(dayOf(Number(value)), written);
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(written) ? written : `${written}Z`;
  return Number(value) - Date.parse(zoned.replace(' ', 'T'));
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** One character after the other, because the small letter of Σ depends on its neighbours. */
const fold = (text: string) => [...text].map((character) => character.toLowerCase().replace('ς', 'σ')).join('');

/** Tries every length for every `%`. */
export function isLike(text: string, pattern: string): boolean {
  const [shown, wanted] = [fold(text), fold(pattern)];
  const matches = (at: number, from: number): boolean => {
    if (from === wanted.length) return at === shown.length;
    if (wanted[from] !== '%') return wanted[from] === shown[at] && matches(at + 1, from + 1);
    for (let end = at; end <= shown.length; end += 1) {
      if (matches(end, from + 1)) return true;
    }
    return false;
  };
  return matches(0, 0);
}
