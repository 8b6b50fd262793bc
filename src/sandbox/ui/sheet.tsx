import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sheetOpened } from '../state/address.ts';
import { visible } from '../words.ts';
import { Icon } from './icon.tsx';
import { ToastPlace } from './toast-place.tsx';

/** How many sheets are open; the rest of the page is inert meanwhile. */
export const sheets = signal(0);

interface SheetProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
  /** Further buttons, beside the one that closes it. */
  readonly tools?: ComponentChildren;
  /** Whether the sheet is centered, as for a question, instead of at the side. */
  readonly isQuestion?: boolean;
}

/** A dialog over the page; Escape, Back, its button and a click outside close it. */
export function Sheet({ title, children, onClose, tools, isQuestion = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  const latest = useRef(onClose);
  latest.current = onClose;
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    sheets.value += 1;
    const closed = sheetOpened(() => latest.current());
    return () => {
      isGone.current = true;
      sheets.value -= 1;
      // Close it before it is removed, so that the focus returns to where it was.
      element?.close();
      closed();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the element itself
    <dialog
      ref={dialog}
      class={isQuestion ? 'question' : 'sheet'}
      aria-label={title}
      // Escape: its close event comes a frame later, when another sheet may be open already.
      onCancel={onClose}
      onClose={() => {
        if (!isGone.current) onClose();
      }}
      onClick={({ target }) => {
        if (target === dialog.current) onClose();
      }}
    >
      <div class="sheet-inner">
        <header class="sheet-head">
          <h2 title={visible(title)}>{visible(title)}</h2>
          {tools}
          <button type="button" class="ghost square" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
      <ToastPlace />
    </dialog>
  );
}
