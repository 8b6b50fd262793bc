import * as nodeTest from 'node:test';
import { findHooks } from '../../src/testing/hooks.ts';

const hook = () => undefined;
const [beforeAll, before, afterEach, afterAll, after] = [hook, hook, hook, hook, hook].map((each) => () => each());

const nodeHooks = { beforeAll: nodeTest.before, afterEach: nodeTest.afterEach, afterAll: nodeTest.after };

describe.each([
  ['Jest', { beforeAll, afterEach, afterAll }, { JEST_WORKER_ID: '1' }, { beforeAll, afterEach, afterAll }],
  ['Vitest with globals', { beforeAll, afterEach, afterAll }, { VITEST: 'true' }, { beforeAll, afterEach, afterAll }],
  ['Mocha', { before, afterEach, after }, {}, { beforeAll: before, afterEach, afterAll: after }],
  [
    'Deno',
    { Deno: { test: Object.assign(() => undefined, { beforeAll, afterEach, afterAll }) } },
    {},
    { beforeAll, afterEach, afterAll },
  ],
  ['node:test, which has no globals', {}, {}, nodeHooks],
  ['incomplete globals', { beforeAll, after, afterEach }, {}, nodeHooks],
  ['globals of these names that are not functions', { beforeAll: 1, afterEach: 'x', afterAll: {} }, {}, nodeHooks],
])('the hooks of %s', (runner, globals, environment, expected) => {
  test('have its name', () => {
    const name = /^(?:Jest|Vitest|Mocha|Deno)/.exec(runner)?.[0] ?? 'node:test';
    expect(findHooks(globals, environment).runner).toBe(name);
  });

  test.each(['beforeAll', 'afterEach', 'afterAll'] as const)('%s', (name) => {
    expect(findHooks(globals, environment)[name]).toBe(expected[name]);
  });
});

test('only node:test is also available outside tests', () => {
  expect(findHooks({}, {}).beforeEach).toBe(nodeTest.beforeEach);
  expect(findHooks({ before, afterEach, after }, {}).beforeEach).toBeUndefined();
});

test('a Deno without these hooks gets a message to update it', () => {
  expect(() => findHooks({ Deno: { test: () => undefined } }, {})).toThrow(
    'useEmulator() finds no hooks: this version of Deno has no beforeAll, afterEach and afterAll. Update it,',
  );
});

// node:test would take the hooks and never run them.
test.each([
  [
    'Vitest',
    { VITEST: 'true' },
    "useEmulator() finds no hooks: in Vitest load it with import, turn on 'globals', or give the hooks as its second argument.",
  ],
  [
    'Jest',
    { JEST_WORKER_ID: '1' },
    "useEmulator() finds no hooks: in Jest without globals give those of '@jest/globals' as its second argument.",
  ],
])('the message in %s without globals says what to do', (_runner, environment, message) => {
  expect(() => findHooks({}, environment)).toThrow(new Error(message));
});
