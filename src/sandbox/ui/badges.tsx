/** An HTTP method in its color. */
export function Method({ name }: { name: string }) {
  return <span class={`method method-${name.toLowerCase()}`}>{name}</span>;
}

/** The status of a request, which has none before its answer or when the connection ended without one. */
export function StatusCode({ code, isOver }: { code: number | undefined; isOver: boolean }) {
  if (code === undefined) {
    return isOver ? <span class="status status-5">dropped</span> : <span class="status status-0">waiting</span>;
  }
  return <span class={`status status-${Math.floor(code / 100)}`}>{code}</span>;
}

export function Roles({ keys }: { keys: readonly string[] }) {
  return keys.map((key) => (
    <span key={key} class={`role role-${key}`}>
      {key}
    </span>
  ));
}

/** Stands in the place of a row until the page has loaded it. */
export function Placeholder() {
  return <span class="placeholder" role="img" aria-label="Loading" />;
}

export function Inactive() {
  return <span class="role inactive-mark">inactive</span>;
}
