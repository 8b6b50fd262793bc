import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Makes the content of a list at least so high. */
function setRoom(list: HTMLElement | null, height: number): void {
  const content = list?.firstElementChild;
  if (content instanceof HTMLElement) content.style.minHeight = height === 0 ? '' : `${height}px`;
}

interface Anchored {
  /** How many rows have come above what the user sees. */
  readonly above: number;
  readonly note: () => void;
  readonly enter: () => void;
  readonly leave: () => void;
}

/** How far from its old index the anchor is searched for. */
const reach = 1000;

/**
 * Keeps what the user sees where it is while rows come at the top of a list: when the list has been scrolled, or the
 * pointer is over it. Otherwise the user watches new rows arrive.
 */
export function useAnchor(
  isOn: boolean,
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  rowHeight: number,
  keyOf: (index: number) => string,
): Anchored {
  /** The first row in view. */
  const anchor = useRef<{ readonly key: string; readonly index: number } | undefined>(undefined);
  const isOver = useRef(false);
  const [above, setAbove] = useState(0);
  const note = () => {
    const top = scroller.current?.scrollTop ?? 0;
    const index = Math.floor(top / rowHeight);
    anchor.current = index < count ? { key: keyOf(index), index } : undefined;
    if (top === 0) {
      setAbove(0);
      setRoom(scroller.current, 0);
    } else setAbove((before) => Math.min(before, index));
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!isOn || element === null) return;
    const { current } = anchor;
    if (current !== undefined && (element.scrollTop > 0 || isOver.current)) {
      const to = Math.min(current.index + reach, count);
      let now = current.index;
      while (now < to && keyOf(now) !== current.key) now += 1;
      const added = now < to ? now - current.index : 0;
      if (added > 0) {
        // A short list has to become long enough to scroll so far.
        setRoom(element, element.scrollTop + added * rowHeight + element.clientHeight);
        element.scrollTop += added * rowHeight;
        setAbove((before) => before + added);
      }
    }
    note();
  });
  return {
    above,
    note: () => isOn && note(),
    enter: () => {
      isOver.current = true;
    },
    leave: () => {
      isOver.current = false;
    },
  };
}
