import base from '../../jest.config.js';

/** Sets `isEndurance` of test/support/runs.ts. */
process.env.ENDURANCE = 'true';

/** The tests that `npm test` runs too, with fewer random runs, smaller states or some rows of a table. */
export const repeated = [
  'ceql/lists.test.ts',
  'ceql/properties.test.ts',
  'ceql/refuse.test.ts',
  'ceql/search.test.ts',
  'conformance/changes.test.ts',
  'conformance/checks.test.ts',
  'conformance/hostile.test.ts',
  'conformance/report.test.ts',
  'control/pieces.test.ts',
  'control/tree.test.ts',
  'faults/properties.test.ts',
  'fixtures/json-place.test.ts',
  'flows/provisioning.test.ts',
  'flows/slow-bodies.test.ts',
  'flows/tenancy.test.ts',
  'flows/uniqueness.test.ts',
  'http/server.test.ts',
  'journal/redaction.test.ts',
  'journal/secrets.test.ts',
  'persistence/change-log.test.ts',
  'persistence/starts.test.ts',
  'platform/access.test.ts',
  'platform/accounts/many-users.test.ts',
  'platform/authentication/bearer.test.ts',
  'platform/bodies.test.ts',
  'platform/not-emulated.test.ts',
  'platform/present-records.test.ts',
  'platform/privileges.test.ts',
  'platform/where-index.test.ts',
  'pull/made-up.test.ts',
  'pull/mend.test.ts',
  'pull/pull.test.ts',
  'snapshots/exclusive.test.ts',
  'snapshots/forks.test.ts',
  'snapshots/transcripts.test.ts',
  'state/fork-map.test.ts',
  'state/indexes.test.ts',
  'state/table.test.ts',
  'stubs/properties.test.ts',
  'tls/clients.test.ts',
];

/** What takes longer than every run of the suite should: random requests by the thousand, processes, failing disks. */
/** @type {import('jest').Config} */
export default {
  rootDir: '../..',
  ...base,
  // Of the contract it need not see everything.
  globalTeardown: '<rootDir>/test/openapi/enforce/remove-folder.ts',
  testMatch: [
    '<rootDir>/test/{durability,fuzz}/**/*.test.ts',
    '<rootDir>/test/**/*.endurance.test.ts',
    ...repeated.map((name) => `<rootDir>/test/${name}`),
  ],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  // Many of them wait for disks, locks and killed processes.
  maxWorkers: 3,
};
