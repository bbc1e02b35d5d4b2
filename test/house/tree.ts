import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of the tree: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A rule over files: one line per fault, empty when all is well. Fixtures go through the same function. */
export type Checker = (files: readonly SourceFile[]) => string[];

export const root = path.resolve(import.meta.dirname, '../..');

const binary = /[.](png|jpe?g|webp|ico|woff2?|pdf|gz|zip)$/;

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

/** Every text file that is committed or would be; fixtures are left out because they break rules on purpose. */
export function tree(): SourceFile[] {
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  return [...new Set(listed)]
    .filter((file) => file !== '' && !binary.test(file) && !file.startsWith('test/house/fixtures/'))
    .filter((file) => existsSync(path.join(root, file)))
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

export const isGenerated = (file: string): boolean =>
  /^(apps\/web\/src\/lib\/generated|contracts\/(abi|vectors|deployments))\/|^apps\/api\/schema[.]graphql$|[.]d[.]ts$/.test(
    file,
  );

export const isSpec = (file: string): boolean =>
  /[.](spec|e2e-spec|t)[.](ts|sol)$/.test(file) || /^contracts\/test\/(?!support\/).*[.]ts$/.test(file);

export const isProduct = (file: string): boolean =>
  /^(apps|libs|contracts)\/.*[.](ts|js|mjs|svelte|sol)$/.test(file) && !isGenerated(file);
