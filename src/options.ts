import type { Fixture } from './fixtures/fixture-types.ts';
import type { RecordedRequest } from './journal/recorded-request.ts';
import type { Stub } from './stubs/stub.ts';
import { didYouMean } from './text/suggest.ts';
import { checkKeyPair, type HttpsFiles, isHttps } from './tls/key-pair.ts';

/** The options of an emulator. All of them are optional. */
export interface EmulatorOptions {
  /** The port to listen on; 0 for any free one. Default: 0. */
  port?: number | undefined;
  /** The address to listen on. Default: 127.0.0.1, which no other machine reaches. */
  host?: string | undefined;
  /**
   * Whether it speaks HTTPS: with a certificate that is made at the start for `localhost`, `127.0.0.1`, `::1`, `host`
   * and `allowHosts`, or with the given one. Default: false.
   */
  https?: boolean | HttpsFiles | undefined;
  /**
   * A built-in name (`documentation`, `minimal`), a file's path, `-` for standard input, or the fixture.
   * Default: `documentation`.
   */
  fixture?: string | Fixture | undefined;
  /**
   * Answers of your own from the start on, in addition to those of the fixture; `reset()` keeps them.
   * Default: none.
   */
  stubs?: readonly Stub[] | undefined;
  /** A JSON file that keeps the state; it is made from the fixture when it does not exist. Default: memory. */
  dataFile?: string | undefined;
  /** An ISO 8601 instant at which the clock stands still. Default: the machine's time. */
  now?: string | undefined;
  /**
   * The seed of tokens, request ids, and secrets that the fixture does not have: equal seeds give equal values.
   * Default: a random one.
   */
  seed?: string | number | undefined;
  /** Further host names under which the control endpoints answer. Default: none. */
  allowHosts?: readonly string[] | undefined;
  /** How many requests the journal keeps, from 1 up. Default: 1000. */
  journalLimit?: number | undefined;
  /**
   * About how many bytes of memory the requests in the journal may take, from 1,000,000 up; the oldest are removed.
   * Default: 100,000,000.
   */
  journalBytes?: number | undefined;
  /** Called for every request when its connection is done with it, with its entry of the journal. */
  onRequest?: ((request: RecordedRequest) => void) | undefined;
  /** Called for every error that is a bug of the emulator or a failure of its data file. Default: it is written to stderr. */
  onError?: ((error: unknown, during: string) => void) | undefined;
}

/** The valid values of an option, in words and as a check. */
type Rule = readonly [must: string, is: (value: unknown) => boolean];

const aFunction: Rule = ['a function', (value) => typeof value === 'function'];
const isText = (value: unknown) => typeof value === 'string';

/** Every option by its name. The content of files and fixtures is checked where it is read. */
const rules: Readonly<Record<keyof EmulatorOptions, Rule>> = {
  port: wholeNumber(0, 65535),
  host: ['an address or a host name', (value) => typeof value === 'string' && value.trim() !== ''],
  https: ['true, false or { key, cert }, two texts in PEM', isHttps],
  fixture: ['a built-in name, the path of a file or a fixture', (value) => isText(value) || typeof value === 'object'],
  stubs: ['a list of stubs', Array.isArray],
  dataFile: ['the path of a file', isText],
  now: [
    'an ISO 8601 instant of the years 0000 to 9999',
    (value) => isText(value) || typeof value === 'number' || value instanceof Date,
  ],
  seed: ['a text or a number', (value) => isText(value) || (typeof value === 'number' && !Number.isNaN(value))],
  allowHosts: ['a list of host names', (value) => Array.isArray(value) && value.every(isText)],
  journalLimit: wholeNumber(1, 1_000_000),
  journalBytes: wholeNumber(1_000_000, 100_000_000_000),
  onRequest: aFunction,
  onError: aFunction,
};

function wholeNumber(min: number, max: number): Rule {
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
    if (value !== undefined && !is(value))
      throw new Error(`Option '${name}' must be ${must}, not ${shown(name, value)}.`);
  }
  if (typeof options.https === 'object') checkKeyPair(options.https);
}

/** A message must not contain a private key. */
function shown(name: string, value: unknown): string {
  return name === 'https' && typeof value === 'object' ? 'this object' : show(value);
}

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
