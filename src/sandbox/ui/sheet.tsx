import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface SheetProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
  /** In the middle, for a question; else at the side. */
  readonly isQuestion?: boolean;
}

/** A dialog over the page; Escape, its button and a click beside it close it. */
export function Sheet({ title, children, onClose, isQuestion = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the element itself
    <dialog
      ref={dialog}
      class={isQuestion ? 'question' : 'sheet'}
      aria-label={title}
      onClose={onClose}
      onClick={({ target }) => {
        if (target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="sheet-inner">
        <header class="sheet-head">
          <h2>{title}</h2>
          <button type="button" class="ghost square" aria-label="Close" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
