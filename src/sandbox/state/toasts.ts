import { signal } from '@preact/signals';

/** What the page has to say at the moment; each is said once. */
export const toast = signal<{ readonly text: string; readonly key: number } | undefined>(undefined);

/** How long it stands, in milliseconds. */
const standing = 5000;
let key = 0;

export function say(text: string): void {
  key += 1;
  const own = key;
  toast.value = { text, key };
  setTimeout(() => {
    if (toast.value?.key === own) toast.value = undefined;
  }, standing);
}

/** Does something and says why when it cannot be done; `undefined` then. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
