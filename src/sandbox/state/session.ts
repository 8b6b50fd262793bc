import { effect, type Signal, signal } from '@preact/signals';

/** A signal whose text survives a reload of the page. */
export function sessionText(name: string, initial = ''): Signal<string> {
  const key = `cloud-elements-emulator ${name}`;
  const value = signal(read(key) ?? initial);
  effect(() => {
    try {
      sessionStorage.setItem(key, value.value);
    } catch {
      // A browser may forbid storage: the text is then lost with the reload.
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
