import { signal } from '@preact/signals';

/** What the panel of faults and stubs shows. */
export const shown = signal<'faults' | 'stubs'>('faults');
