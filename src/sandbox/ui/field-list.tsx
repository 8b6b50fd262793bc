import type { ComponentChildren } from 'preact';

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
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
