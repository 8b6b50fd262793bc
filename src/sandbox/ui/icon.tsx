const paths = {
  chevron: 'm6 4 4 4-4 4',
  up: 'm4 10 4-4 4 4',
  down: 'm4 6 4 4 4-4',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M6 6V3.5h6.5V10H10M3.5 6H10v6.5H3.5z',
  send: 'm3 8 10-4.5L8.5 13 7 9z',
  people: 'M8 3v3m0 0H4.5v3M8 6h3.5v3M3 9.5h3v3H3zm7 0h3v3h-3zM6.5 2h3v2.5h-3z',
  journal: 'M3 4h10M3 8h10M3 12h6',
  console: 'm3 5 3 3-3 3m5 0h5',
  fault: 'M8 2.5 14 13H2zM8 6.5v3m0 1.5v.5',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3l2 1.5',
  reset: 'M3.5 8A4.5 4.5 0 1 0 5 4.6M3.5 3v2.5H6',
  sun: 'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 2v1m0 10v1M2 8h1m10 0h1M3.8 3.8l.7.7m7 7 .7.7m0-8.4-.7.7m-7 7-.7.7',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8m3 7 3 3',
  eye: 'M1.5 8S4 4 8 4s6.5 4 6.5 4S12 12 8 12 1.5 8 1.5 8M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3',
  download: 'M8 2.5v7m-3-3 3 3 3-3M3 13h10',
  key: 'M5.5 7.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M7.7 8.3 13 3m-2 2 1.5 1.5M9.5 6.5 11 8',
  plus: 'M8 3.5v9M3.5 8h9',
} as const;

export type IconName = keyof typeof paths;

/** An icon without a text alternative: the words beside it, or the label of its button, say what it means. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
