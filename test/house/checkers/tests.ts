import { isSpec, type Checker, type SourceFile } from '../tree.js';

const faults: readonly (readonly [RegExp, string])[] = [
  [
    /\b(describe|it|test|suite)[.](only|skip|todo)\b|\b(fit|fdescribe|xit|xtest|xdescribe)\s*\(/,
    'focuses or skips a test',
  ],
  [/\bvm[.]skip\s*\(/, 'focuses or skips a test'],
  [
    /\b(setTimeout|setInterval|sleep|waitForTimeout)\s*\(|from '(node:)?timers\/promises'/,
    'sleeps; poll until a condition instead',
  ],
  [/toMatch(Inline)?Snapshot\s*\(/, 'keeps a snapshot; state the value that matters'],
];

const asserts = /\b(expect|assert|assertEq|assertTrue|revert)\w*\s*[.(]|\bfc[.]assert\b|\brequire\s*\(/;

const linesWith = (file: SourceFile, pattern: RegExp): number[] =>
  file.text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));

/** Tests that sleep, are skipped or focused, compare snapshots, or state nothing. */
export const weakTests: Checker = (files) =>
  files
    .filter((file) => isSpec(file.path))
    .flatMap((file) => [
      ...faults.flatMap(([pattern, fault]) =>
        linesWith(file, pattern).map((line) => `${file.path}:${line} ${fault}`),
      ),
      ...(asserts.test(file.text) ? [] : [`${file.path} asserts nothing`]),
    ]);
