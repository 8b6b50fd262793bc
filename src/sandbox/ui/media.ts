import { computed, signal } from '@preact/signals';

function matches(query: string) {
  const list = matchMedia(query);
  const isSo = signal(list.matches);
  list.addEventListener('change', () => {
    isSo.value = list.matches;
  });
  return isSo;
}

const hasRoomForAll = matches('(min-width: 1240px)');
const hasRoomForTwo = matches('(min-width: 820px)');

/** How many columns there are: people, what one works with, and the journal; beside each other as far as there is room. */
export const layout = computed(() => {
  if (hasRoomForAll.value) return 'wide';
  return hasRoomForTwo.value ? 'medium' : 'narrow';
});

export const prefersDark = matches('(prefers-color-scheme: dark)');
