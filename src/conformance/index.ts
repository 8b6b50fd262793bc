export type { Source } from './check.ts';
export { type CompareReport, compare } from './compare.ts';
export type { CompareOptions } from './compare-options.ts';
export type { Deviation } from './difference.ts';
export { CompareError } from './errors.ts';
export type { CheckResult } from './run-checks.ts';
