import { computed, signal } from '@preact/signals';
import type { ActiveFault, Fault } from '../../faults/fault.ts';
import { control, get } from './api.ts';
import { on } from './live.ts';
import { refresher } from './refresh.ts';

/** The faults, with their counts. */
export const faults = signal<readonly ActiveFault[]>([]);

/** Whether a fault has been applied as often as its `times` says. */
export const isOver = ({ times, applied }: ActiveFault): boolean => times !== undefined && applied >= times;

/** The faults that can still be applied. */
export const faultsOn = computed(() => faults.value.filter((fault) => !isOver(fault)));

export function watchFaults(): void {
  const refresh = refresher(async () => {
    faults.value = await get('/faults');
  });
  on(['hello', 'faults', 'reset'], refresh);
}

export const addFault = (fault: Fault) => control<ActiveFault>('POST', '/faults', fault);
export const removeFault = (id: number) => control('DELETE', `/faults/${id}`);
export const clearFaults = () => control('DELETE', '/faults');
