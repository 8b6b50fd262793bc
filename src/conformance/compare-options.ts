import { shown } from '../text/shown.ts';
import { didYouMean } from '../text/suggest.ts';
import { CompareError } from './errors.ts';
import type { CheckResult } from './run-checks.ts';

/** What `compare` is given. */
export interface CompareOptions {
  /** Where the platform's API is, such as `https://api.cloud-elements.com/elements/api-v2`. */
  readonly baseUrl: string;
  /** The secret of a user who administers the organization. It is never printed or stored. */
  readonly userSecret: string;
  /** The secret of the organization. It is never printed or stored. */
  readonly organizationSecret: string;
  /**
   * Also runs the checks that write. They work below one new account, which is deactivated at the end. Default: false,
   * which sends nothing but GET, HEAD and OPTIONS.
   */
  readonly write?: boolean;
  /**
   * The ids of the checks to run. Checks that change more than the account of the run, such as the password policy, run
   * only when they are named here. Default: all others.
   */
  readonly only?: readonly string[];
  /** Ends the run; what it has made is removed. */
  readonly signal?: AbortSignal;
  /** How many milliseconds a request may take. Default: 30,000. */
  readonly timeoutMs?: number;
  /** Called after every check, with the number of checks that have been handled and of all. */
  readonly onProgress?: (result: CheckResult, done: number, all: number) => void;
}

/** What an option must be, in words, and whether a value is that. */
type Rule = readonly [must: string, is: (value: unknown) => boolean];

const isText = (value: unknown): value is string => typeof value === 'string';
const aText: Rule = ['a text', isText];

/** Not by its class: a test environment can have one of its own. */
function isSignal(value: unknown): boolean {
  const { aborted, addEventListener, removeEventListener } = Object(value);
  return (
    typeof aborted === 'boolean' && [addEventListener, removeEventListener].every((it) => typeof it === 'function')
  );
}

/** The longest time that a timer can measure. */
const longestMs = 2 ** 31 - 1;

const rules: Readonly<Record<keyof CompareOptions, Rule>> = {
  baseUrl: aText,
  userSecret: aText,
  organizationSecret: aText,
  write: ['true or false', (value) => typeof value === 'boolean'],
  only: ['a list of ids of checks', (value) => Array.isArray(value) && value.every(isText)],
  signal: ['an AbortSignal', isSignal],
  timeoutMs: [
    `a whole number of milliseconds from 1 to ${longestMs}`,
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestMs,
  ],
  onProgress: ['a function', (value) => typeof value === 'function'],
};

const rulesByName = new Map<string, Rule>(Object.entries(rules));

/** What has to be given. */
const required: readonly string[] = ['baseUrl', 'userSecret', 'organizationSecret'];

/** @throws {CompareError} naming the first option that is unknown, missing or cannot be used. */
export function checkCompareOptions(options: CompareOptions): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new CompareError(`The options must be an object with ${required.join(', ')}, not ${inWords(options)}.`);
  }
  for (const name of Object.keys(options)) {
    if (rulesByName.has(name)) continue;
    const known = [...rulesByName.keys()];
    throw new CompareError(`Unknown option '${name}': ${didYouMean(name, known, `known are ${known.join(', ')}.`)}`);
  }
  const values = new Map<string, unknown>(Object.entries(options));
  for (const [name, [must, is]] of rulesByName) {
    const value = values.get(name);
    if (value === undefined ? !required.includes(name) : is(value)) continue;
    // A secret in another form is still a secret.
    const what = name.endsWith('Secret') && value !== undefined ? 'what was given' : inWords(value);
    throw new CompareError(`Option '${name}' must be ${must}, not ${what}.`);
  }
}

function inWords(value: unknown): string {
  if (isText(value)) return shown(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? `the list [${value.map(entryInWords).join(', ')}]` : 'this object';
}

/** JSON could not show every entry. */
function entryInWords(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  return Array.isArray(value) ? 'a list' : inWords(value);
}
