/** The query language of `where`: text to expression, expression to predicate. */
export type { Expression, Literal } from './ast.ts';
export { type CompiledQuery, compile } from './compile.ts';
export { CeqlError } from './error.ts';
export type { Field, SearchFields } from './fields.ts';
export { maxWhereLength, parse } from './parse.ts';
