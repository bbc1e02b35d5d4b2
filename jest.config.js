// Test files and the product are loaded by Node itself, once per worker: test/support/runner.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

const swc = {
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  minify: false,
  swcrc: false,
};

const shared = {
  rootDir: root,
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/support/runner/runner.mjs',
  // After the test functions are there, since only then Node loads our sources.
  setupFilesAfterEnv: ['<rootDir>/test/support/proof.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/apps/web/build/', '<rootDir>/contracts/artifacts/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/house/fixtures/'],
};

const services = {
  globalSetup: '<rootDir>/test/support/start-services.ts',
  globalTeardown: '<rootDir>/test/support/stop-services.ts',
};

export default {
  // A database, a browser or a chain takes its time on two busy cores; what is awaited has its own deadline (`until`).
  // This one ends a test that hangs, and must not end one that is slow. (Jest reads this here only, not in a project.)
  testTimeout: 600_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/libs/*/src/**/*.spec.ts',
        '<rootDir>/apps/**/src/**/*.spec.ts',
        '<rootDir>/test/local/**/*.spec.ts',
        '<rootDir>/test/verifier-python/**/*.spec.ts',
        '<rootDir>/test/attacks/**/*.spec.ts',
      ],
    },
    { ...shared, displayName: 'api', testMatch: ['<rootDir>/test/api/**/*.e2e-spec.ts'], ...services },
    { ...shared, displayName: 'web', testMatch: ['<rootDir>/test/web/**/*.spec.ts'], ...services },
    // Starts and kills the whole product on services of its own.
    { ...shared, displayName: 'crash', testMatch: ['<rootDir>/test/crash/**/*.e2e-spec.ts'] },
    { ...shared, displayName: 'house', testMatch: ['<rootDir>/test/house/**/*.spec.ts'] },
  ],
};
