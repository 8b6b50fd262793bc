import type { Operation } from '../platform/operation.ts';
import type { RoleKey } from '../state/records.ts';

/**
 * What the document is made of. It is handed over and not imported: a bundler prepares all that a
 * lazily loaded module imports for being loaded later, and these are what the emulator itself is made of.
 */
export interface Sources {
  readonly operations: readonly Operation[];
  readonly answers: typeof import('../platform/answer.ts');
  readonly bodies: typeof import('../platform/fields.ts');
  readonly roleKeys: readonly RoleKey[];
  readonly maxPageSize: number;
  readonly basePath: string;
  readonly version: string;
}
