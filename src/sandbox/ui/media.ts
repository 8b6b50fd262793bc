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

/** The layout: people, tools and journal in as many columns as there is room for. */
export const layout = computed(() => {
  if (hasRoomForAll.value) return 'wide';
  return hasRoomForTwo.value ? 'medium' : 'narrow';
});

export const prefersDark = matches('(prefers-color-scheme: dark)');
