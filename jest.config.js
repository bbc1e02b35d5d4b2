// Jest runs TypeScript as native ES modules; npm scripts set NODE_OPTIONS=--experimental-vm-modules.
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
  setupFiles: ['<rootDir>/test/support/proof.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@touchmark/(?!contracts$)([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@touchmark/contracts$': '<rootDir>/contracts/abi/index.ts',
  },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/apps/web/build/', '<rootDir>/contracts/artifacts/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/house/fixtures/'],
};

const services = {
  globalSetup: '<rootDir>/test/support/start-services.ts',
  globalTeardown: '<rootDir>/test/support/stop-services.ts',
};

export default {
  // A database, a browser or a chain takes its time on two busy cores; what is awaited has its own deadline.
  // (Jest reads this here only, not in a project.)
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/libs/*/src/**/*.spec.ts',
        '<rootDir>/apps/**/src/**/*.spec.ts',
        '<rootDir>/test/local/**/*.spec.ts',
      ],
    },
    { ...shared, displayName: 'api', testMatch: ['<rootDir>/test/api/**/*.e2e-spec.ts'], ...services },
    { ...shared, displayName: 'web', testMatch: ['<rootDir>/test/web/**/*.spec.ts'], ...services },
    // Starts and kills the whole product on services of its own.
    { ...shared, displayName: 'crash', testMatch: ['<rootDir>/test/crash/**/*.e2e-spec.ts'] },
    { ...shared, displayName: 'house', testMatch: ['<rootDir>/test/house/**/*.spec.ts'] },
  ],
};
