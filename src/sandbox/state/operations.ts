import { signal } from '@preact/signals';
import { type Operation, readOperations } from '../console/operations.ts';
import { get } from './api.ts';
import { on } from './live.ts';
import { refresher } from './refresh.ts';

/** Every operation of the contract; `undefined` until the contract is loaded. */
export const operations = signal<readonly Operation[] | undefined>(undefined);

export function watchOperations(): void {
  const refresh = refresher(async () => {
    operations.value = readOperations(await get('/openapi.json'));
  });
  on(['hello'], refresh);
}
