import { existsSync } from 'node:fs';
import { inRoot } from './paths.ts';

/** One check: a tool started in a folder of the checkout; green means it ended with 0. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly folder: string;
}

/** A tool of the root or, where npm put it there, of the pages. */
function tool(file: string, ...args: string[]): string[] {
  const ofPages = inRoot('apps/web/node_modules', file);
  return [process.execPath, existsSync(ofPages) ? ofPages : inRoot('node_modules', file), ...args];
}

const step = (name: string, command: readonly string[], folder = inRoot()): Step => ({
  name,
  command,
  folder,
});

const hasPages = (): boolean => existsSync(inRoot('apps/web/src/app.html'));

/** What other checks read and is not committed: the page framework writes its own tsconfig. */
export const preparations = (): Step[] =>
  hasPages()
    ? [step('svelte-kit sync', tool('@sveltejs/kit/svelte-kit.js', 'sync'), inRoot('apps/web'))]
    : [];

/** The independent checks, longest first so that two at a time end together. */
export function checks(): Step[] {
  const types = ['.', 'contracts'].filter((folder) => existsSync(inRoot(folder, 'tsconfig.json')));
  return [
    step('eslint', tool('eslint/bin/eslint.js', '.', '--max-warnings', '0')),
    step('house', [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      inRoot('node_modules/jest/bin/jest.js'),
      '--selectProjects',
      'house',
      '--maxWorkers=1',
    ]),
    ...types.map((folder) =>
      step(`tsc ${folder}`, tool('typescript/bin/tsc', '--pretty', 'false', '-p', folder)),
    ),
    ...(hasPages()
      ? [
          step(
            'svelte-check',
            tool('svelte-check/bin/svelte-check', '--fail-on-warnings'),
            inRoot('apps/web'),
          ),
        ]
      : []),
    step('prettier', tool('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn')),
    step(
      'solhint',
      tool('solhint/solhint.js', '--max-warnings', '0', '--noPoster', '{receipts,splits}/**/*.sol'),
      inRoot('contracts'),
    ),
  ];
}

/** Writes every generated file again; the check compares them before and after. */
export const generation = (): Step => step('generated files are fresh', ['npm', 'run', 'generate']);
