import { toast } from '../state/toasts.ts';

/** The place of toasts; an open dialog has one too, because everything outside of it is inert. */
export function ToastPlace({ isCovered = false }: { isCovered?: boolean }) {
  const said = isCovered ? undefined : toast.value;
  return <output class="toast-place">{said !== undefined && <p class="toast">{said.text}</p>}</output>;
}
