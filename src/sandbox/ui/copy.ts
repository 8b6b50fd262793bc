import { say } from '../state/toasts.ts';

/** Puts a text into the clipboard, and says so. */
export async function copy(text: string, what: string): Promise<void> {
  const isCopied = await write(text);
  say(isCopied ? `${what} copied.` : `${what} could not be copied: the browser does not allow it on this address.`);
}

async function write(text: string): Promise<boolean> {
  // Browsers have it on addresses of this machine, and with TLS.
  if (navigator.clipboard === undefined) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
