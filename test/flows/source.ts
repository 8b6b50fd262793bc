import type { Operation } from '../../src/platform/operation.ts';
import type { Tenant } from './tenants.ts';

/** A record of one of the two organizations. */
export interface Reference {
  readonly isOwn: boolean;
  readonly n: number;
}

/** The choices from which a request is made. */
export interface Source {
  readonly operation: Operation;
  readonly own: Tenant;
  readonly other: Tenant;
  readonly next: () => Reference;
  readonly tenantOf: (reference: Reference) => Tenant;
}
