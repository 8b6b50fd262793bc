import type { Expression, FieldReference, Literal } from '../../src/ceql/ast.ts';

const keywords = new Set(['and', 'or', 'not', 'like', 'in', 'is', 'null', 'true', 'false']);

/** Writes an expression as CEQL text that parses to the same expression. */
export function print(expression: Expression): string {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.operands
        .map((operand) => (isCombination(operand) ? `(${print(operand)})` : print(operand)))
        .join(` ${expression.type.toUpperCase()} `);
    case 'not':
      return `NOT (${print(expression.operand)})`;
    case 'comparison':
      return `${printField(expression.field)} ${expression.operator} ${printLiteral(expression.value)}`;
    case 'like':
      return `${printField(expression.field)}${not(expression)} LIKE ${printLiteral(expression.pattern)}`;
    case 'in':
      return `${printField(expression.field)}${not(expression)} IN (${expression.values.map(printLiteral).join(', ')})`;
    case 'null':
      return `${printField(expression.field)} IS${not(expression)} NULL`;
  }
}

function isCombination(expression: Expression): boolean {
  return expression.type === 'and' || expression.type === 'or';
}

function not(predicate: { readonly negated: boolean }): string {
  return predicate.negated ? ' NOT' : '';
}

function printField({ name }: FieldReference): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) && !keywords.has(name.toLowerCase());
  return plain ? name : `\`${name}\``;
}

function printLiteral({ kind, text }: Literal): string {
  return kind === 'text' ? `'${text.replace(/['‘’′]/g, '$&$&')}'` : text;
}
