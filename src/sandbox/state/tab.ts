import { signal } from '@preact/signals';

const names = ['people', 'console', 'journal', 'faults', 'moments'];

/** The tab that the address names, before the first `/` of its fragment. */
export function namedTab(): string | undefined {
  const [name = ''] = location.hash.slice(1).split('/');
  return names.includes(name) ? name : undefined;
}

/** The tab that is shown. */
export const tab = signal(namedTab() ?? 'console');
