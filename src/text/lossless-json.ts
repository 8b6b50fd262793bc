/** A text or a number in JSON. Texts come first, so that numbers within them are not found. */
const scalars = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Only a number with this many characters, or one with an exponent, can be too large to be exact. (A text can look like
 * one.)
 */
const maybeLong = /(?:^|[:[,\s])-?(?:\d[\d.]{15}|[\d.]+[eE])/;

/**
 * Restores the digits of whole numbers that JSON.parse has lost, as a `bigint`. (Only from Node 21 on does it give the
 * source text of a number.)
 *
 * @param value the result of JSON.parse for the text, not nested so deeply that recursion fails.
 */
export function keepDigits(value: unknown, text: string): unknown {
  if (!maybeLong.test(text)) return value;
  let hasLong = false;
  const marked = text.replace(scalars, (scalar) => {
    const digits = longInteger(scalar);
    if (digits === undefined) return scalar;
    hasLong = true;
    return `"${digits}"`;
  });
  return hasLong ? withLong(value, JSON.parse(marked)) : value;
}

/** All digits of a whole number that a double cannot represent exactly; `undefined` for anything else. */
function longInteger(scalar: string): string | undefined {
  const value = Number(scalar);
  if (scalar.startsWith('"') || Number.isSafeInteger(value)) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(scalar) ?? [];
  if (fraction === '' && exponent === '0') return sign + whole;
  // It is infinite as a double, and its digits might not fit into memory.
  if (!Number.isFinite(value)) return undefined;
  const digits = whole + fraction;
  const zeros = Number(exponent) - fraction.length;
  if (zeros >= 0) return sign + digits + '0'.repeat(zeros);
  return /^0*$/.test(digits.slice(zeros)) ? sign + digits.slice(0, zeros) : undefined;
}

/** @param marked the same value with a text in place of each long number. */
function withLong(value: unknown, marked: unknown): unknown {
  if (typeof value === 'number' && typeof marked === 'string') return BigInt(marked);
  if (Array.isArray(value) && Array.isArray(marked)) return value.map((item, index) => withLong(item, marked[index]));
  if (!isObject(value) || !isObject(marked)) return value;
  // Entries in place of an assignment, because a JSON object can have a property named __proto__.
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withLong(item, ownOf(marked, name))]));
}

function ownOf(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
