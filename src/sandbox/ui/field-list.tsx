import type { ComponentChildren } from 'preact';
import { visible } from '../words.ts';

interface FieldListProps {
  readonly fields: Readonly<Record<string, ComponentChildren>>;
  readonly class?: string;
}

/** Names with their values, without unset and blank ones. */
export function FieldList({ fields, class: own = '' }: FieldListProps) {
  return (
    <dl class={`fields ${own}`}>
      {Object.entries(fields).map(
        ([name, value]) =>
          value !== undefined &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'string' ? visible(value) : value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
