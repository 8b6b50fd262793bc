import { toast } from '../state/toasts.ts';

/** Where toasts come up: within an open dialog too, outside of which nothing is seen or read out. */
export function ToastPlace({ isCovered = false }: { isCovered?: boolean }) {
  const said = isCovered ? undefined : toast.value;
  return <output class="toast-place">{said !== undefined && <p class="toast">{said.text}</p>}</output>;
}
