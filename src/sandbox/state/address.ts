import { effect } from '@preact/signals';
import { namedTab, tab } from './tab.ts';

/** The state of a history entry that belongs to an open sheet. */
const sheet = 'sheet';
/** Closes the sheet that is open. */
let closeSheet: (() => void) | undefined;
/** Whether the page itself goes back in the history, because the user closed a sheet without Back. */
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
      // Another sheet was opened in the meantime.
      if (closeSheet !== undefined) history.pushState(sheet, '');
    } else if (closeSheet !== undefined && history.state !== sheet) closeSheet();
    else if (namedTab() === undefined) writeTab();
    else tab.value = namedTab() ?? tab.value;
  });
}

/**
 * Makes Back close an open sheet instead of leaving the page.
 *
 * @returns the function to call when the sheet is closed.
 */
export function sheetOpened(close: () => void): () => void {
  closeSheet = close;
  if (history.state !== sheet) history.pushState(sheet, '');
  return () => {
    if (closeSheet === close) closeSheet = undefined;
    // Another sheet may open at once.
    setTimeout(() => {
      if (closeSheet !== undefined || isOwnStep || history.state !== sheet) return;
      isOwnStep = true;
      history.back();
    });
  };
}
