import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** The end of the label, which is left out where there is little room. */
  readonly more?: string;
  readonly icon: IconName;
  /** A number beside the label; 0 shows nothing. */
  readonly count?: number;
  readonly panel: () => ComponentChildren;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** Tabs, with the panel of the selected one; the arrow keys move between them. */
export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const current = tabs.find(({ id }) => id === selected) ?? tabs[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === current?.id);
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs.at(to % tabs.length);
    if (next === undefined) return;
    onSelect(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <section class="tabs" aria-label={label}>
      <div class="tablist" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ id, label: name, more = '', icon, count = 0 }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === current?.id}
            aria-controls={id === current?.id ? `panel-${id}` : undefined}
            tabIndex={id === current?.id ? 0 : -1}
            onClick={() => onSelect(id)}
          >
            <Icon name={icon} />
            <span>
              {name}
              {more !== '' && <span class="wide-words">{more}</span>}
            </span>
            {count > 0 && <span class="count">{count}</span>}
          </button>
        ))}
      </div>
      {current !== undefined && (
        <div
          key={current.id}
          id={`panel-${current.id}`}
          class="panel"
          role="tabpanel"
          aria-labelledby={`tab-${current.id}`}
        >
          {current.panel()}
        </div>
      )}
    </section>
  );
}
