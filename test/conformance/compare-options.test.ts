import { CompareError, type CompareOptions, compare } from '../../src/conformance/index.ts';
import { freePort } from '../support/free-port.ts';

const good = { baseUrl: 'http://127.0.0.1:1', userSecret: 'the-user-secret', organizationSecret: 'the-other-secret' };

test.each<[options: object, message: string]>([
  [{ write: 'no' }, "Option 'write' must be true or false, not 'no'."],
  [{ only: 'cors' }, "Option 'only' must be a list of ids of checks, not 'cors'."],
  [{ only: [1] }, "Option 'only' must be a list of ids of checks, not the list [1]."],
  [
    { only: ['cors', null, [], {}] },
    "Option 'only' must be a list of ids of checks, not the list ['cors', null, a list, this object].",
  ],
  [{ timeoutMs: -1 }, "Option 'timeoutMs' must be a whole number of milliseconds from 1 to 2147483647, not -1."],
  [
    { timeoutMs: Number.NaN },
    "Option 'timeoutMs' must be a whole number of milliseconds from 1 to 2147483647, not NaN.",
  ],
  [{ timeoutMs: 1.5 }, "Option 'timeoutMs' must be a whole number of milliseconds from 1 to 2147483647, not 1.5."],
  [{ timeoutMs: '5' }, "Option 'timeoutMs' must be a whole number of milliseconds from 1 to 2147483647, not '5'."],
  [{ signal: {} }, "Option 'signal' must be an AbortSignal, not this object."],
  [{ signal: { aborted: false } }, "Option 'signal' must be an AbortSignal, not this object."],
  [{ onProgress: true }, "Option 'onProgress' must be a function, not true."],
  [{ userSecret: undefined }, "Option 'userSecret' must be a text, not undefined."],
  [{ organizationSecret: ['hush'] }, "Option 'organizationSecret' must be a text, not what was given."],
  [{ baseUrl: 4600 }, "Option 'baseUrl' must be a text, not 4600."],
  [{ writes: true }, "Unknown option 'writes': did you mean 'write'?"],
  [{ verbose: true }, "Unknown option 'verbose': known are baseUrl, userSecret, "],
])('compare() refuses %j', async (options, message) => {
  const run = compare({ ...good, ...options });
  await expect(run).rejects.toThrow(CompareError);
  await expect(run).rejects.toThrow(message);
});

test('compare() refuses a list with what JSON cannot show', async () => {
  const only: unknown[] = [1n, Symbol('cors')];
  only.push(only);
  await expect(compare({ ...good, ...{ only: only as string[] } })).rejects.toThrow(
    new CompareError("Option 'only' must be a list of ids of checks, not the list [1n, Symbol(cors), a list]."),
  );
});

test('compare() refuses what are no options', async () => {
  // As JavaScript can call it.
  const call: (options: unknown) => Promise<unknown> = (options) => compare(Object(options) as CompareOptions);
  await expect(call([])).rejects.toThrow('The options must be an object with baseUrl, userSecret, organizationSecret');
  await expect(call({})).rejects.toThrow("Option 'baseUrl' must be a text, not undefined.");
});

test('compare() takes options that are undefined as absent', async () => {
  const undefinedOnes = { write: undefined, only: undefined, signal: undefined, timeoutMs: undefined };
  const baseUrl = `http://127.0.0.1:${await freePort()}`;
  const run = compare({ ...good, baseUrl, ...(undefinedOnes as object) });
  await expect(run).rejects.toThrow(`nothing listens at ${new URL(baseUrl).host}.`);
});
