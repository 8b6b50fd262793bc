import base from '../../jest.config.js';

/** What takes longer than every run of the suite should: random requests by the thousand, killed processes, failing disks. */
/** @type {import('jest').Config} */
export default {
  rootDir: '../..',
  ...base,
  // Of the contract it need not see everything.
  globalTeardown: '<rootDir>/test/openapi/enforce/remove-folder.ts',
  roots: ['<rootDir>/test/durability', '<rootDir>/test/fuzz'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
