import { isRecord } from './json.ts';

/** A password that every policy with these rules accepts; `n` makes others. */
export function passwordFor(policy: unknown, n = 0): string {
  const rules = isRecord(policy) ? policy : {};
  const count = (key: string) => Math.max(1, Number(rules[key] ?? 1));
  const symbols = typeof rules.symbolCharacterSet === 'string' ? rules.symbolCharacterSet.replace(/\s/g, '') : '!';
  const symbol = symbols.includes('!') ? '!' : symbols.charAt(0);
  const parts = [
    'Q'.repeat(count('minUppercase')),
    'x'.repeat(count('minLowercase')),
    symbol.repeat(count('minSymbols')),
    String(n).padStart(count('minNumbers'), '0'),
  ];
  return parts.join('').padEnd(Math.max(10, count('minLength')), 'zx');
}
