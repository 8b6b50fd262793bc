/** CEQL, the query language of `where`: `parse` reads a text, `compile` makes a predicate of the expression. */
export type { Expression, Literal } from './ast.ts';
export { type CompiledQuery, compile } from './compile.ts';
export { CeqlError } from './error.ts';
export type { Field, SearchFields } from './fields.ts';
export { maxWhereLength, parse } from './parse.ts';
