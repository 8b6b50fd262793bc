import { say } from '../state/toasts.ts';

/** Copies a text to the clipboard, and shows a message. */
export async function copy(text: string, what: string): Promise<void> {
  const isCopied = await write(text);
  say(isCopied ? `${what} copied.` : `${what} could not be copied: the browser does not allow it at this address.`);
}

async function write(text: string): Promise<boolean> {
  // Browsers have a clipboard only on addresses of this machine, and over TLS.
  if (navigator.clipboard === undefined) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
