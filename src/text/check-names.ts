import { didYouMean } from './suggest.ts';

/** @throws {Error} for an unknown name, which would be ignored. */
export function checkNames(value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Error(`'${unknown}' is unknown: ${didYouMean(unknown, known, `known are ${known.join(', ')}.`)}`);
}
