/** Ends a run that need not see every documented answer. */
export { removeFolder as default } from './folder.ts';
