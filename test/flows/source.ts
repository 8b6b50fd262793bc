import type { Operation } from '../../src/platform/operation.ts';
import type { Tenant } from './tenants.ts';

/** Something of an organization. */
export interface Reference {
  readonly isOwn: boolean;
  readonly n: number;
}

/** What a request is made from. */
export interface Source {
  readonly operation: Operation;
  readonly own: Tenant;
  readonly other: Tenant;
  readonly next: () => Reference;
  readonly tenantOf: (reference: Reference) => Tenant;
}
