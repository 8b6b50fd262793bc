import { effect, type Signal, signal } from '@preact/signals';

/** A text that a reload of the page does not forget. */
export function kept(name: string, initial = ''): Signal<string> {
  const key = `cloud-elements-emulator ${name}`;
  const value = signal(read(key) ?? initial);
  effect(() => {
    try {
      sessionStorage.setItem(key, value.value);
    } catch {
      // A browser may keep nothing: it holds until the reload then.
    }
  });
  return value;
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
