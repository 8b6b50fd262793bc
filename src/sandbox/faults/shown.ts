import { signal } from '@preact/signals';

/** What the panel of faults, stubs and interceptions can show. */
export const kinds = { faults: 'Faults', stubs: 'Stubs', interceptions: 'Interceptions' } as const;
export type Kind = keyof typeof kinds;

/** What it shows. */
export const shown = signal<Kind>('faults');
