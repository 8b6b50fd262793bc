// All measurements, in the order of the results: what a test suite feels comes first.

import { allocations } from './allocations.js';
import { durable } from './durable.js';
import { firstLists } from './first-lists.js';
import { growth } from './growth.js';
import { growthInProcess } from './growth-in-process.js';
import { jest } from './jest.js';
import { lifecycle } from './lifecycle.js';
import { memory } from './memory.js';
import { packed } from './package.js';
import { requests } from './requests.js';
import { scan } from './scan.js';
import { snapshots } from './snapshots.js';
import { startup } from './startup.js';
import { suite } from './suite.js';

export const measurements = [
  suite,
  jest,
  lifecycle,
  snapshots,
  startup,
  requests,
  firstLists,
  growth,
  growthInProcess,
  scan,
  durable,
  memory,
  allocations,
  packed,
];

/** Measurements whose results hardly differ between runs, and that need only the repository. */
export const shortMeasurements = [suite, requests, growth, allocations, memory];
