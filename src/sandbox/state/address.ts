import { effect } from '@preact/signals';
import { namedTab, tab } from './tab.ts';

/** What the browser's history says of an entry that stands for an open sheet. */
const sheet = 'sheet';
/** Closes the sheet that is open. */
let closeSheet: (() => void) | undefined;
/** The page itself goes back, because a sheet was closed by other means. */
let isOwnStep = false;

function writeTab(): void {
  if (namedTab() !== tab.value) history.replaceState(history.state, '', `#${tab.value}`);
}

/** Keeps the tab in the address, so that a reload and a bookmark come back to it. */
export function keepAddress(): void {
  effect(writeTab);
  addEventListener('popstate', () => {
    if (isOwnStep) {
      isOwnStep = false;
      writeTab();
      // Another was opened in the meantime.
      if (closeSheet !== undefined) history.pushState(sheet, '');
    } else if (closeSheet !== undefined && history.state !== sheet) closeSheet();
    else if (namedTab() === undefined) writeTab();
    else tab.value = namedTab() ?? tab.value;
  });
}

/**
 * A sheet is open: Back is to close it, and not to leave the page.
 *
 * @returns what to do when it is closed.
 */
export function sheetOpened(close: () => void): () => void {
  closeSheet = close;
  if (history.state !== sheet) history.pushState(sheet, '');
  return () => {
    if (closeSheet === close) closeSheet = undefined;
    // Another may take its place at once.
    setTimeout(() => {
      if (closeSheet !== undefined || isOwnStep || history.state !== sheet) return;
      isOwnStep = true;
      history.back();
    });
  };
}
