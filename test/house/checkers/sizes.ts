import { isGenerated, type Checker } from '../tree.js';

export const mostLines = 250;

const lineCount = (text: string): number => text.trimEnd().split('\n').length;

/** Hand-written files of apps, libs and contracts that are longer than a reader can hold. */
export const tooLong: Checker = (files) =>
  files
    .filter((file) => /^(apps|libs|contracts)\/.*[.](ts|js|mjs|svelte|sol|css|sql)$/.test(file.path))
    .filter((file) => !isGenerated(file.path) && lineCount(file.text) > mostLines)
    .map(
      (file) => `${file.path}: ${lineCount(file.text)} lines, at most ${mostLines}; split it by what it does`,
    );
