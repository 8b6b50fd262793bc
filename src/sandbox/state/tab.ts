import { signal } from '@preact/signals';

/** The tab that is shown. */
export const tab = signal('console');
