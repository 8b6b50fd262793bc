import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAnchor } from './anchor.ts';
import { Viewport } from './virtual-list.tsx';

/** The ARIA attributes of a row. */
export interface RowProps {
  readonly 'aria-level'?: number;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-setsize'?: number;
  readonly 'aria-posinset'?: number;
  readonly class?: string;
}

interface ActiveListProps {
  readonly label: string;
  readonly role: 'tree' | 'listbox';
  readonly count: number;
  readonly rowHeight: number;
  /** The identity of a row, which stays the same when others are inserted before it. */
  readonly keyOf: (index: number) => string;
  readonly children: (index: number) => ComponentChildren;
  readonly rowProps?: (index: number) => RowProps;
  readonly onOpen: (index: number) => void;
  /** Handles a key that the list itself does not. @returns the row to go to, or whether the key was handled. */
  readonly onKey?: (key: string, index: number) => number | boolean;
  readonly onRange?: (from: number, to: number) => void;
  /** Whether new rows come at the top: what the user reads or points at then stays where it is. */
  readonly isPushed?: boolean;
  /** The row to make active and bring into view, once for each object. */
  readonly target?: { readonly index: number } | undefined;
}

/** A long list with one tab stop: the arrow keys move through its rows, Enter opens one. */
export function ActiveList(props: ActiveListProps) {
  const {
    label,
    role,
    count,
    rowHeight,
    keyOf,
    children,
    rowProps,
    onOpen,
    onKey,
    onRange,
    target,
    isPushed = false,
  } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<{ readonly key: string; readonly index: number }>();
  const index = active === undefined ? -1 : indexOf(active, count, keyOf);
  const [isFocused, setFocused] = useState(false);

  const goTo = (next: number) => {
    const to = Math.min(Math.max(next, 0), count - 1);
    setActive({ key: keyOf(to), index: to });
    showRow(scroller.current, to, rowHeight);
  };
  useEffect(() => {
    if (target !== undefined) goTo(target.index);
  }, [target]);
  const page = () => Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1, 1);
  const moves: Readonly<Record<string, () => number>> = {
    ArrowDown: () => index + 1,
    ArrowUp: () => index - 1,
    PageDown: () => index + page(),
    PageUp: () => index - page(),
    Home: () => 0,
    End: () => count - 1,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (moves[key] !== undefined) goTo(moves[key]());
    else if (index < 0) return;
    else if (key === 'Enter' || key === ' ') onOpen(index);
    else {
      const done = onKey?.(key, index) ?? false;
      if (done === false) return;
      if (typeof done === 'number') goTo(done);
    }
    event.preventDefault();
  };
  const anchored = useAnchor(isPushed, scroller, count, rowHeight, keyOf);
  // The active row stays visible when others are inserted before it.
  const previous = useRef({ key: active?.key, index });
  // The rendered rows, to which aria-activedescendant can refer.
  const [there, setThere] = useState<readonly [number, number]>([0, 0]);
  useEffect(() => {
    const element = scroller.current;
    const { key, index: before } = previous.current;
    const isSame = !isPushed && key === active?.key && before >= 0 && index >= 0;
    // At the top, the user watches new rows arrive.
    if (element !== null && element.scrollTop > 0 && isSame) element.scrollBy(0, (index - before) * rowHeight);
    previous.current = { key: active?.key, index };
  }, [index, active?.key]);

  return (
    <>
      {anchored.above > 0 && (
        <div class="newer-place">
          <button type="button" class="newer" onClick={() => scroller.current?.scrollTo(0, 0)}>
            {anchored.above} newer
          </button>
        </div>
      )}
      {/* biome-ignore lint/a11y: its role is a tree or a listbox, which may have all of this */}
      <div
        ref={scroller}
        onScroll={anchored.note}
        onPointerEnter={anchored.enter}
        onPointerLeave={anchored.leave}
        class="scroller list"
        role={role}
        aria-label={label}
        aria-activedescendant={isThere(index, there) ? `${id}-${index}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => {
          setFocused(true);
          if (active === undefined && count > 0) setActive({ key: keyOf(0), index: 0 });
        }}
        onBlur={() => setFocused(false)}
      >
        <Viewport
          count={count}
          rowHeight={rowHeight}
          scroller={scroller}
          onRange={(from, to) => {
            setThere((before) => (before[0] === from && before[1] === to ? before : [from, to]));
            onRange?.(from, to);
          }}
        >
          {(row) => {
            const { class: own = '', ...aria } = rowProps?.(row) ?? {};
            return (
              // biome-ignore lint/a11y: its role is a treeitem or an option, and the list itself has the focus and the keys
              <div
                key={keyOf(row)}
                id={`${id}-${row}`}
                class={`row ${own} ${row === index && isFocused ? 'active' : ''}`}
                role={role === 'tree' ? 'treeitem' : 'option'}
                aria-selected={row === index}
                style={{ height: `${rowHeight}px` }}
                onClick={() => {
                  setActive({ key: keyOf(row), index: row });
                  onOpen(row);
                }}
                {...aria}
              >
                {children(row)}
              </div>
            );
          }}
        </Viewport>
      </div>
    </>
  );
}

function isThere(index: number, [from, to]: readonly [number, number]): boolean {
  return index >= from && index < to;
}

/** How far from its old index a row is searched for after rows were inserted or removed. */
const reach = 200;

/** The present index of the active row; its old index when the row is gone. */
function indexOf(
  { key, index }: { key: string; index: number },
  count: number,
  keyOf: (index: number) => string,
): number {
  for (let distance = 0; distance < reach; distance += 1) {
    for (const at of [index + distance, index - distance]) {
      if (at >= 0 && at < count && keyOf(at) === key) return at;
    }
  }
  return Math.min(index, count - 1);
}

function showRow(scroller: HTMLDivElement | null, index: number, rowHeight: number): void {
  if (scroller === null) return;
  const top = index * rowHeight;
  const bottom = top + rowHeight - scroller.clientHeight;
  if (scroller.scrollTop > top) scroller.scrollTop = top;
  else if (scroller.scrollTop < bottom) scroller.scrollTop = bottom;
}
