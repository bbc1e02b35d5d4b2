import { builtinModules } from 'node:module';

/** A rule that reports each node matched by one of its selectors: [esquery selector, message] pairs. */
const forbids = (...patterns) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) =>
    Object.fromEntries(
      patterns.map(([selector, message]) => [selector, (node) => context.report({ node, message })]),
    ),
});

const builtins = `/^(node:.+|${builtinModules
  .filter((name) => !name.startsWith('_'))
  .join('|')
  .replaceAll('/', '\\u002F')})$/`;
const call = (object, method) =>
  `CallExpression[callee.object.name='${object}'][callee.property.name=/^(${method})$/]`;
const suiteWord = '/^(describe|it|test|suite)$/';

const clock =
  'a lib reads no clock: take the instant as an argument (epoch milliseconds, named ...At or now)';
const chance = 'a lib draws no random values: take the bytes or the seed as an argument';
const machine = 'a lib reads no file, network or environment: take the data as an argument';
const language = "the result depends on the machine's language: compare or format with explicit rules";
const zone = "the result depends on the machine's time zone: use the getUTC... methods or name a timeZone";
const float = 'money is whole minor units: use bigint and @touchmark/money';
const waiting =
  'a test never sleeps: wait for a condition with until(condition, deadline) of test/support/poll';
const chosen = 'every test runs: remove the focus or the skip, or make the test pass';

export const rules = {
  'pure-lib': forbids(
    [call('Date', 'now'), clock],
    [call('performance', 'now'), clock],
    ["NewExpression[callee.name='Date'][arguments.length=0]", clock],
    ["CallExpression[callee.name='Date']", clock],
    [call('Math', 'random'), chance],
    ['ImportSpecifier[imported.name=/^random/]', chance],
    ['CallExpression[callee.property.name=/^(random|getRandomValues)/][callee.object.name!="Math"]', chance],
    [`ImportDeclaration[source.value=${builtins}]`, machine],
    [`ExportNamedDeclaration[source.value=${builtins}]`, machine],
    [`ExportAllDeclaration[source.value=${builtins}]`, machine],
    ['ImportExpression', machine],
    ["MetaProperty[meta.name='import']", machine],
    ['CallExpression[callee.property.name=/^(localeCompare|toLocale.*)$/]', language],
    [
      'CallExpression[callee.property.name=/^[gs]et(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$/]',
      zone,
    ],
    ["NewExpression[callee.name='Date'][arguments.length>1]", zone],
    ["NewExpression[callee.property.name='DateTimeFormat']:not(:has(Property[key.name='timeZone']))", zone],
  ),
  'exact-money': forbids(
    [call('Math', 'round|fround'), float],
    [call('Number', 'parseFloat'), float],
    ["CallExpression[callee.name='parseFloat']", float],
    ['CallExpression[callee.property.name=/^(toFixed|toPrecision)$/]', float],
    ['Literal[raw=/^[0-9_]*[.][0-9_]*[1-9]/]', float],
  ),
  'tests-never-sleep': forbids(
    ['CallExpression[callee.name=/^(setTimeout|setInterval|sleep|delay)$/]', waiting],
    ['CallExpression[callee.property.name=/^(setTimeout|setInterval|sleep|waitForTimeout)$/]', waiting],
    ['ImportDeclaration[source.value=/^(node:)?timers.promises$/]', waiting],
  ),
  'every-test-runs': forbids(
    [
      `CallExpression MemberExpression[object.name=${suiteWord}][property.name=/^(only|skip|todo|failing)$/]`,
      chosen,
    ],
    ['CallExpression[callee.name=/^(fit|xit|xtest|fdescribe|xdescribe)$/]', chosen],
  ),
  'real-parts-only': forbids([
    call('jest', 'mock|unstable_mockModule|doMock|spyOn|createMockFromModule'),
    'no mocks of our own code: use the real part, or a real implementation of its port',
  ]),
};

/** The house rules of HOUSE sections 2, 5 and 7 that a syntax tree can show. */
export default { meta: { name: 'house' }, rules };
