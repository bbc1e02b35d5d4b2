import { homedir } from 'node:os';
import { isGenerated, root, type Checker } from '../tree.js';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// The folder of this checkout and of its owner, whatever machine runs the test; one segment would match routes.
const here = [root, homedir()]
  .filter((folder) => folder.split('/').length > 2)
  .map((folder) => `${escape(folder)}(?![\\w-])`);

// A leading slash that begins a path: not after a word, a dot, a brace or another slash.
const start = String.raw`(?<![\w.}/-])`;
const machinePath = new RegExp(
  `${start}(${[...here, '/home/[a-z]', '/Users/[A-Za-z]', '/root/'].join('|')})|[A-Z]:\\\\Users`,
);
const registry =
  /\/\/[\w.-]*(registry|artifactory|nexus|verdaccio|npm[.]pkg)[\w.-]*[.][a-z]+|^\s*(@[\w-]+:)?registry\s*=/;
const deferred = /\b(TODO|FIXME)\b|eslint-disable|@ts-(ignore|nocheck|expect-error)/;

const faults: readonly (readonly [RegExp, string, (path: string) => boolean])[] = [
  [machinePath, 'names a folder of one machine', () => true],
  [registry, 'names a package registry', () => true],
  [
    deferred,
    'puts work off or silences a check',
    (path) => /[.](ts|js|mjs|svelte|sol|sql)$/.test(path) && !isGenerated(path),
  ],
];

/** Lines that belong to one machine or one day: absolute paths, registries, work put off, silenced checks. */
export const privateText: Checker = (files) =>
  files
    .filter((file) => !file.path.startsWith('test/house/') && file.path !== 'eslint.config.js')
    .flatMap((file) =>
      file.text
        .split('\n')
        .flatMap((line, index) =>
          faults
            .filter(([pattern, , applies]) => applies(file.path) && pattern.test(line))
            .map(([, fault]) => `${file.path}:${index + 1} ${fault}`),
        ),
    );
