import { computed, effect, signal } from '@preact/signals';
import { prefersDark } from './media.ts';

const key = 'cloud-elements-emulator theme';

function read(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    // A browser may forbid storage.
    return undefined;
  }
}

/** The theme that the user chose; without one the system decides. */
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
    // Without storage the choice lasts until the page is closed.
  }
}
