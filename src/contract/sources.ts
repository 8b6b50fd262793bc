import type { Operation } from '../api/operation.ts';
import type { RoleKey } from '../store/records.ts';

/**
 * What the document is made of. It is handed over and not imported: a bundler prepares all that a
 * lazily loaded module imports for being loaded later, and these are what the emulator itself is made of.
 */
export interface Sources {
  readonly operations: readonly Operation[];
  readonly answers: typeof import('../api/answers.ts');
  readonly bodies: typeof import('../api/bodies.ts');
  readonly roleKeys: readonly RoleKey[];
  readonly maxPageSize: number;
  readonly basePath: string;
  readonly version: string;
}
