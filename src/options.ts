import type { EmulatorOptions } from './emulator.ts';
import { didYouMean } from './text/suggest.ts';

/** What an option must be, in words, and whether it is. */
type Rule = readonly [must: string, is: (value: unknown) => boolean];

const anything: Rule = ['anything', () => true];
const aFunction: Rule = ['a function', (value) => typeof value === 'function'];

/** Every option by its name; a new one has to be added here. Files, fixtures and instants are checked where they are read. */
const rules: Readonly<Record<keyof EmulatorOptions, Rule>> = {
  port: whole(0, 65535),
  host: ['an address or a host name', (value) => typeof value === 'string' && value.trim() !== ''],
  fixture: anything,
  dataFile: anything,
  now: anything,
  seed: [
    'a text or a number',
    (value) => typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)),
  ],
  allowHosts: [
    'a list of host names',
    (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  ],
  journalLimit: whole(1, 1_000_000),
  onRequest: aFunction,
  onError: aFunction,
};

function whole(min: number, max: number): Rule {
  const is = (value: unknown) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return [`a whole number from ${min} to ${max}`, is];
}

const rulesByName = new Map<string, Rule>(Object.entries(rules));

/** @throws {Error} naming the first option that is unknown or cannot be used. */
export function checkOptions(options: EmulatorOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new Error(`The options must be an object, such as { port: 4600 }, not ${show(options)}.`);
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = rulesByName.get(name);
    if (rule === undefined) {
      const known = [...rulesByName.keys()];
      throw new Error(`Unknown option '${name}': ${didYouMean(name, known, `known are ${known.join(', ')}.`)}`);
    }
    const [must, is] = rule;
    if (value !== undefined && !is(value)) throw new Error(`Option '${name}' must be ${must}, not ${show(value)}.`);
  }
}

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
