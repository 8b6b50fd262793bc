// The goals. `bound` is in the unit of the result, and is the highest allowed value unless `least` is true.

/**
 * @typedef {object} Goal
 * @property {string} id of the measurement's result.
 * @property {string} what
 * @property {string} measured
 * @property {string} goal in words.
 * @property {number} [bound]
 * @property {boolean} [least] The bound is the lowest allowed value.
 * @property {boolean} [below] The result must be below the bound, not equal to it.
 */

const overExpress = 'CPU per request over bare Express';
const overPeer = 'CPU per request over the fastest peer';
const growth = 'CPU per request at 100,000 users over 100';

const suites = [1, 20, 200].flatMap((tests) =>
  [
    ['emulator', 'over a socket'],
    ['intercepted', 'intercepted'],
  ].flatMap(([name, how]) =>
    [
      ['msw', 'msw', { goal: '<= 0.95', bound: 0.95 }],
      ['express', 'bare Express', { goal: '<= 0.9', bound: 0.9 }],
      ...['nock', 'json-server', 'emulate'].map((peer) => [peer, peer, { goal: 'ahead', bound: 1, below: true }]),
    ].map(([other, title, goal]) => ({
      id: `suite-${tests}-${name}-${other}`,
      what: `a suite of ${tests} ${tests === 1 ? 'test' : 'tests'}, ${how}`,
      measured: `CPU of the process over that on ${title}`,
      ...goal,
    })),
  ),
);

/** @type {Goal[]} */
export const goals = [
  ...suites,
  { id: 'jest', what: 'one Jest file that uses it', measured: 'ms added', goal: '<= 150 ms', bound: 150 },
  {
    id: 'jest-express',
    what: 'one Jest file that uses it',
    measured: 'ms added, over those of bare Express',
    goal: '<= 0.8',
    bound: 0.8,
  },
  {
    id: 'lifecycle',
    what: 'in process: create + listen + close',
    measured: "ms over bare Express's own",
    goal: '<= 2 ms',
    bound: 2,
  },
  ...[
    [1_000, '1,000', 1],
    [100_000, '100,000', 20],
  ].flatMap(([users, text, bound]) =>
    ['reset', 'restore'].flatMap((name) => [
      { id: `${name}-${users}`, what: `${name} with ${text} users`, measured: 'ms', goal: `<= ${bound} ms`, bound },
      {
        id: `${name}-write-${users}`,
        what: `${name} with ${text} users`,
        measured: 'ms, with the extra time of the first write after it',
        goal: `<= ${bound} ms`,
        bound,
      },
    ]),
  ),
  {
    id: 'require',
    what: '`require` in a fresh process, to listening',
    measured: "CPU over bare Express's",
    goal: '<= 1.3',
    bound: 1.3,
  },
  {
    id: 'command',
    what: 'command, cold, to first answer',
    measured: 'time over the fastest peer',
    goal: 'first',
    bound: 1,
    below: true,
  },
  { id: 'get', what: 'GET one user', measured: overExpress, goal: '<= 0.7', bound: 0.7 },
  { id: 'list', what: 'list 200 of 1,000 users', measured: overExpress, goal: '<= 1.0', bound: 1 },
  {
    id: 'list-worst',
    what: 'list 200 of 1,000 users',
    measured: 'worst round over the median',
    goal: '<= 1.5',
    bound: 1.5,
  },
  { id: 'first-list', what: 'list 200 users for the first time', measured: overExpress, goal: '<= 1.0', bound: 1 },
  { id: 'post', what: 'POST user, in memory', measured: overExpress, goal: '<= 1.0', bound: 1 },
  { id: 'get-peer', what: 'GET one user', measured: overPeer, goal: 'ahead', bound: 1, below: true },
  { id: 'list-peer', what: 'list 200 of 1,000 users', measured: overPeer, goal: 'ahead', bound: 1, below: true },
  { id: 'post-peer', what: 'POST user', measured: overPeer, goal: 'ahead', bound: 1, below: true },
  { id: 'growth-get', what: 'GET, growth', measured: growth, goal: '<= 1.2', bound: 1.2 },
  { id: 'growth-post', what: 'POST, growth', measured: growth, goal: '<= 1.2', bound: 1.2 },
  { id: 'growth-where', what: "where=email='…', growth", measured: growth, goal: '<= 1.2', bound: 1.2 },
  ...[
    ['growth-permanent', '`permanent=true`, growth', 'CPU per user at 40,000 users over 5,000'],
    ['growth-deactivate', 'deactivation of an account, growth', 'CPU per user at 40,000 users over 5,000'],
    ['growth-page', 'a page of `/__emulator/users`, growth', 'CPU per request at 100,000 users over 1,000'],
    ['growth-last', '`last(pattern)`, growth', 'CPU per call at 10,000 requests over 100'],
  ].map(([id, what, measured]) => ({ id, what, measured, goal: '<= 1.2', bound: 1.2 })),
  { id: 'scan', what: '`where` that must scan 100,000 users', measured: 'time (ms)', goal: '<= 50 ms', bound: 50 },
  {
    id: 'scan-others',
    what: 'other requests during such a scan',
    measured: 'longest wait (ms)',
    goal: '<= 50 ms',
    bound: 50,
  },
  {
    id: 'durable-rate',
    what: 'POST with data file, 50 writers, 1,000 users stored',
    measured: "requests/s over json-server's",
    goal: '>= 10',
    bound: 10,
    least: true,
  },
  {
    id: 'durable-longest',
    what: 'POST with data file, 50 writers, 1,000 users stored',
    measured: 'longest wait (ms)',
    goal: '<= 250 ms',
    bound: 250,
  },
  ...[
    [1_000, '1,000', 50],
    [100_000, '100,000', 1000],
  ].map(([users, text, bound]) => ({
    id: `durable-pause-${users}`,
    what: `rewrite of the data file, ${text} users stored`,
    measured: 'pause of all requests (ms)',
    goal: `<= ${bound} ms`,
    bound,
  })),
  {
    id: 'durable-growth-one',
    what: 'POST with data file, 100,000 over 1,000 users stored',
    measured: 'time per change, one writer',
    goal: '<= 2',
    bound: 2,
  },
  {
    id: 'durable-growth-fifty',
    what: 'POST with data file, 100,000 over 1,000 users stored',
    measured: 'time per change, 50 writers',
    goal: '<= 2',
    bound: 2,
  },
  {
    id: 'memory',
    what: 'memory after 100,000 users',
    measured: 'bytes per user over their JSON in lists',
    goal: '<= 4',
    bound: 4,
  },
  {
    id: 'memory-listed',
    what: 'memory after a list of 100,000 users',
    measured: 'bytes per user',
    goal: '<= 1,000',
    bound: 1000,
  },
  { id: 'package-size', what: '`npm i` of the package', measured: 'size (MB)', goal: '<= 8 MB', bound: 8 },
  { id: 'package-count', what: '`npm i` of the package', measured: 'packages', goal: 'shown' },
];

/** For the bytes that a call allocates, which RESULTS.md shows without a goal. */
const allocated = 'bytes allocated per request';

/**
 * The bounds of `--short`: wide enough for a loaded machine, narrow enough to catch a doubling. RESULTS.md has the
 * figures of a quiet machine.
 *
 * @type {Goal[]}
 */
export const bounds = [
  // A tenth more than RESULTS.md has: the processes take turns, so that load makes little difference to their ratio.
  { ...goalOf('suite-20-emulator-express'), bound: 0.98 },
  { ...goalOf('suite-20-intercepted-express'), bound: 0.7 },
  { ...goalOf('get'), bound: 0.9 },
  { ...goalOf('list'), bound: 1.6 },
  { ...goalOf('post'), bound: 1.6 },
  { ...goalOf('growth-get'), bound: 2.5 },
  { ...goalOf('growth-post'), bound: 2.5 },
  { ...goalOf('growth-where'), bound: 2.5 },
  { id: 'allocated-get', what: goalOf('get').what, measured: allocated, bound: 40_000 },
  { id: 'allocated-list', what: goalOf('list').what, measured: allocated, bound: 900_000 },
  { id: 'allocated-post', what: goalOf('post').what, measured: allocated, bound: 85_000 },
  { ...goalOf('memory'), bound: 5 },
].map((bound) => ({ ...bound, goal: `<= ${bound.bound.toLocaleString('en-US')}` }));

/** @returns {Goal} */
function goalOf(id) {
  const goal = goals.find((each) => each.id === id);
  if (goal === undefined) throw new Error(`bench/goals.js has no goal '${id}'.`);
  return goal;
}

/** Whether a median meets a goal; undefined for a goal without a bound. */
export function isMet({ bound, least = false, below = false }, median) {
  if (bound === undefined) return undefined;
  if (least) return median >= bound;
  return below ? median < bound : median <= bound;
}
