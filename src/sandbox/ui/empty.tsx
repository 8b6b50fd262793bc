import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** A placeholder for an empty list, with a hint how to fill it. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <p class="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
    </div>
  );
}
