/** Tests of the package as users get it: packed, installed from the tarball, in projects of their own. */
/** @type {import('jest').Config} */
export default {
  rootDir: '../..',
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/package/global-setup.ts',
  globalTeardown: '<rootDir>/test/package/global-teardown.ts',
  roots: ['<rootDir>/test/package'],
  testPathIgnorePatterns: ['/node_modules/', '/consumers/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // Packing and installing is most of it.
  testTimeout: 480_000,
  // Each file waits for one npm at a time: two files keep two cores busy.
  maxWorkers: 2,
};
