import { computed, effect, signal } from '@preact/signals';
import { prefersDark } from './media.ts';

const key = 'cloud-elements-emulator theme';

function read(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    // A browser may keep nothing.
    return undefined;
  }
}

/** What was switched to; without it the system decides. */
const switched = signal(read());

export const isDark = computed(() => (switched.value === undefined ? prefersDark.value : switched.value === 'dark'));

effect(() => {
  if (switched.value === undefined) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = switched.value;
});

export function switchTheme(): void {
  switched.value = isDark.value ? 'light' : 'dark';
  try {
    localStorage.setItem(key, switched.value);
  } catch {
    // It holds for this visit then.
  }
}
