import { didYouMean } from './suggest.ts';

/** @throws {Error} for a name that is not known: it would be passed over in silence. */
export function checkNames(value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Error(`'${unknown}' is unknown: ${didYouMean(unknown, known, `known are ${known.join(', ')}.`)}`);
}
