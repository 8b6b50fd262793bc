import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** How many rows beyond the visible ones are rendered, so that scrolling shows no gaps. */
const overscan = 8;

interface ViewportProps {
  readonly count: number;
  readonly rowHeight: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly children: (index: number) => ComponentChildren;
  /** Called with the range of the rendered rows. */
  readonly onRange?: (from: number, to: number) => void;
}

/** A scrolling list of rows of one height, which renders only the visible ones. */
export function Viewport({ count, rowHeight, scroller, children, onRange }: ViewportProps) {
  const [seen, setSeen] = useState<readonly [number, number]>([0, 30]);
  const measure = useRef(() => undefined);
  measure.current = () => {
    const element = scroller.current;
    if (element === null) return undefined;
    const from = Math.max(Math.floor(element.scrollTop / rowHeight) - overscan, 0);
    const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + overscan;
    setSeen((before) => (before[0] === from && before[1] === to ? before : [from, to]));
    return undefined;
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const update = () => measure.current();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    element.addEventListener('scroll', update, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', update);
    };
  }, [scroller]);
  // A list that has become shorter changes its scroll position without a scroll event.
  useLayoutEffect(() => measure.current(), [count]);

  const from = Math.min(seen[0], count);
  const to = Math.min(seen[1], count);
  useEffect(() => onRange?.(from, to));
  const rows = Array.from({ length: to - from }, (_, offset) => from + offset);
  return (
    <div class="sizer" role="presentation" style={{ height: `${count * rowHeight}px` }}>
      <div class="window" role="presentation" style={{ transform: `translateY(${from * rowHeight}px)` }}>
        {rows.map((index) => children(index))}
      </div>
    </div>
  );
}
