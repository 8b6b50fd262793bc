import type { Resource } from '../platform/operation.ts';
import type { RoleKey } from '../state/records.ts';

/**
 * The sources of the document. Its module gets them as an argument and does not import them: a bundler delays the
 * loading of everything that a lazily loaded module imports, and the emulator itself needs these.
 */
export interface Sources {
  readonly resources: readonly Resource[];
  readonly roleKeys: readonly RoleKey[];
  readonly maxPageSize: number;
  readonly basePath: string;
  readonly version: string;
}
