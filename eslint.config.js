import { existsSync } from 'node:fs';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import house from './test/house/eslint/house-plugin.js';

const tests = ['**/*.spec.ts', '**/*.e2e-spec.ts', 'test/**/*.ts', 'contracts/test/**/*.ts'];
const libSources = ['libs/*/src/**/*.ts'];
const specs = ['**/*.spec.ts', '**/*.e2e-spec.ts'];
// A folder with a tsconfig.json of its own is linted with types; until then by syntax only.
const untyped = [
  '**/*.js',
  '**/*.mjs',
  ...(existsSync(new URL('contracts/tsconfig.json', import.meta.url))
    ? []
    : ['contracts/*.ts', 'contracts/test/**/*.ts', 'contracts/scripts/**/*.ts']),
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/.svelte-kit/',
      '.touchmark/',
      'apps/web/build/',
      'apps/web/src/lib/generated/',
      'apps/*/src/**/*generated*',
      'contracts/{artifacts,cache,types}/',
      'test/house/fixtures/',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs', '**/*.svelte'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' },
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'lib', name: ['URL', 'Error'] }] },
      ],
      // A module, resolver or entity is a class that only carries its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Ports and resolvers promise a result although one implementation has it at once.
      '@typescript-eslint/require-await': 'off',
      // Both forms have their place: unions need `type`, ports read better as `interface`.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // GraphQL types are classes for their decorators; resolvers answer with plain objects of that shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A type parameter used once still brands its result for the caller.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Digits and hex are spread one by one, and the rule cannot allow a literal string.
      '@typescript-eslint/no-misused-spread': 'off',
      // `||` on purpose treats an empty string as absent.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    },
  },
  { files: untyped, extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['apps/api/src/**/*.ts', 'apps/web/**/*.{ts,svelte}', ...libSources],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['apps/**/*.ts', ...libSources],
    ignores: specs,
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: libSources,
    ignores: specs,
    plugins: { house },
    rules: {
      'house/pure-lib': 'error',
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'crypto', 'performance', 'WebSocket', 'XMLHttpRequest', 'require'].map(
          (name) => ({
            name,
            message: 'a lib reads no file, network, clock or environment: take the data as an argument',
          }),
        ),
        ...['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
          name,
          message: 'a lib does not wait: it decides on what it is given',
        })),
      ],
    },
  },
  {
    files: [
      'libs/{money,splits,ledger,pricing}/src/**/*.ts',
      'apps/api/src/{payouts,orders,booking,pricing,insights}/**/*.ts',
    ],
    ignores: specs,
    plugins: { house },
    rules: { 'house/exact-money': 'error' },
  },
  {
    files: tests,
    plugins: { house },
    rules: {
      'house/every-test-runs': 'error',
      'house/real-parts-only': 'error',
      // Invalid input is made by assertion, and matchers are typed loosely.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: tests,
    // The one place that may wait between two looks at a condition.
    ignores: ['test/support/poll.ts', 'test/bench/**'],
    plugins: { house },
    rules: { 'house/tests-never-sleep': 'error' },
  },
  {
    files: ['apps/web/**/*.svelte', 'apps/web/**/*.svelte.ts'],
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // Pages are served from the root alone: the printed path /01/{gtin}/21/{serial} is frozen there.
      'svelte/no-navigation-without-resolve': 'off',
      // Props of components and pages are generated types, which svelte-check resolves and this parser cannot.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Props are declared by `let` when one of them is bindable.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
    },
  },
);
