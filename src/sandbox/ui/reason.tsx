/** The true cause of a 401, which the answer does not contain. */
export function Reason({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p class="callout">
      <strong>Why 401:</strong> {text}.
    </p>
  );
}
