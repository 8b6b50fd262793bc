/** @type {import('jest').Config} */
export default {
  // Every answer of an emulator is judged by the OpenAPI document; see test/openapi/enforce.
  testEnvironment: '<rootDir>/test/openapi/enforce/environment.ts',
  globalSetup: '<rootDir>/test/openapi/enforce/global-setup.ts',
  globalTeardown: '<rootDir>/test/openapi/enforce/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/openapi/enforce/after-each.ts'],
  // Jest leaves a core free otherwise, and most machines that check have two.
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(package|durability|fuzz|sandbox)/',
    '\\.endurance\\.test\\.ts$',
  ],
  // What hangs is found, and a machine that is busy for some seconds is no failure.
  testTimeout: 60_000,
  // No test file leaves anything that keeps a process alive, but the end of one takes longer than Jest's 0.5 s on a busy machine.
  workerGracefulExitTimeout: 10_000,
  transform: {
    '\\.peggy$': '<rootDir>/scripts/peggy.cjs',
    '\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // Bundled by the global setup; see test/jest/packages.ts.
  moduleNameMapper: {
    '^(express|supertest|fast-check|@sinclair/typebox(?:/\\w+)?)$': '<rootDir>/node_modules/.cache/jest-packages/$1.js',
  },
  // These packages are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(lowdb|steno|nanoid)/)'],
  // The behavior checks are tests themselves: the endurance suite shows that each of them can fail.
  collectCoverageFrom: [
    ...['src/**/*.ts', '!src/**/*.d.*.ts', '!src/cli/bin.ts', '!src/sandbox/**'],
    '!src/conformance/checks/**',
  ],
  coverageThreshold: { global: { branches: 95, functions: 95, lines: 95, statements: 95 } },
};
