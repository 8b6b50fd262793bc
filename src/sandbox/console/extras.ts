import { computed, signal } from '@preact/signals';
import { readHeaders, type WrongSecret } from './headers.ts';

/** Further headers as they are typed: one a line. */
export const headerLines = signal('');
/** Which of the caller's secrets is sent wrong; blank for neither. */
export const wrongSecret = signal<WrongSecret | ''>('');

/** The typed headers. */
export const extras = computed(() => readHeaders(headerLines.value));
