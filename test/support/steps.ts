/**
 * Counts the steps of built-in collections and strings during a call, so that a test of costs does not measure time.
 */

type Cost = (self: unknown, args: readonly unknown[]) => number;

const one: Cost = () => 1;
const length: Cost = (self) => (typeof self === 'string' || Array.isArray(self) ? self.length : 1);
const firstLength: Cost = (_self, [first]) => (typeof first === 'string' ? first.length : 1);
/** The engine's search for a text in another one can compare this many characters. */
const compared: Cost = (self, args) => length(self, args) * firstLength(self, args);
/** A slice copies only its part. */
const sliced: Cost = (self, args) => {
  const [start = 0, end = length(self, [])] = args;
  return Math.max(Number(end) - Number(start), 1);
};
/** Removing or adding an item moves all that come after it. */
const moved: Cost = (self, [start]) => (Array.isArray(self) ? self.length - Number(start) : 1);

const iterators = [[], new Map(), new Set()].map((each) => Object.getPrototypeOf(each[Symbol.iterator]()));

const counted: readonly (readonly [owner: object, names: readonly string[], cost: Cost])[] = [
  [Map.prototype, ['get', 'set', 'has', 'delete'], one],
  [Set.prototype, ['add', 'has', 'delete'], one],
  [Array.prototype, ['slice'], sliced],
  [Array.prototype, ['filter', 'map', 'flatMap', 'concat', 'sort', 'reverse', 'indexOf', 'includes'], length],
  [Array.prototype, ['splice'], moved],
  [String.prototype, ['includes', 'indexOf'], compared],
  [String.prototype, ['replace', 'replaceAll', 'split', 'match'], length],
  // Not `exec`: a global search calls it for each match, and gives it the whole text.
  [RegExp.prototype, ['test'], firstLength],
  [URLSearchParams.prototype, ['get', 'getAll', 'has', 'keys'], (self) => (self as URLSearchParams).size],
  ...iterators.map((owner) => [owner, ['next'], one] as const),
];

/** How many steps an action takes: an operation on a whole list or text counts as many as it is long. */
export async function stepsOf(action: () => unknown): Promise<number> {
  let steps = 0;
  const restore: (() => void)[] = [];
  for (const [owner, names, cost] of counted) {
    for (const name of names) {
      const descriptor = Object.getOwnPropertyDescriptor(owner, name);
      const original: unknown = descriptor?.value;
      if (descriptor === undefined || typeof original !== 'function') throw new Error(`there is no ${name} to count`);
      const counting = function (this: unknown, ...args: unknown[]): unknown {
        steps += cost(this, args);
        return Reflect.apply(original, this, args);
      };
      Object.defineProperty(owner, name, { ...descriptor, value: counting });
      restore.push(() => Object.defineProperty(owner, name, descriptor));
    }
  }
  try {
    await action();
  } finally {
    for (const step of restore) step();
  }
  return steps;
}
