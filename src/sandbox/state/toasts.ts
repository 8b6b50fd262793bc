import { signal } from '@preact/signals';

/** The message that the page shows at present; `key` tells equal messages apart. */
export const toast = signal<{ readonly text: string; readonly key: number } | undefined>(undefined);

/** How long a message is shown, in milliseconds. */
const shownFor = 5000;
let key = 0;

export function say(text: string): void {
  key += 1;
  const own = key;
  toast.value = { text, key };
  setTimeout(() => {
    if (toast.value?.key === own) toast.value = undefined;
  }, shownFor);
}

/** Runs an action; when it fails, shows the reason and returns `undefined`. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
