import base from '../../jest.config.js';

/** Tests of the sandbox page in a real browser: they need the build, and Chromium. */
/** @type {import('jest').Config} */
export default {
  rootDir: '../..',
  ...base,
  // Of the contract it need not see everything.
  globalTeardown: '<rootDir>/test/openapi/enforce/remove-folder.ts',
  roots: ['<rootDir>/test/sandbox'],
  testPathIgnorePatterns: ['/node_modules/'],
  // A machine that checks can be several times slower than another; what hangs ends by the waits within.
  testTimeout: 180_000,
  // Each file has a browser of its own, which waits most of the time: two files keep two cores busy.
  maxWorkers: 2,
};
