import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { privateText } from './checkers/private-text.js';
import { weakTests } from './checkers/tests.js';
import { root, tree, type SourceFile } from './tree.js';

const files = tree();
const file = (path: string, text: string): SourceFile => ({ path, text });
const weak = path.join(root, 'test/house/fixtures/weak-tests');

describe('tests', () => {
  it('run, wait for conditions and state something, in the whole tree', () => {
    expect(files.filter((each) => /[.]spec[.]ts$/.test(each.path)).length).toBeGreaterThan(3);
    expect(weakTests(files)).toEqual([]);
  });

  it.each(readdirSync(weak))('go red on %s', (name) => {
    const [as = '', ...lines] = readFileSync(path.join(weak, name), 'utf8').split('\n');
    expect(weakTests([file(as.replace('as: ', ''), lines.join('\n'))])).toHaveLength(1);
  });

  it('stay green when they state something at once', () => {
    expect(weakTests([file('libs/money/src/a.spec.ts', 'expect(sum).toBe(2);')])).toEqual([]);
  });
});

describe('files', () => {
  it('belong to no machine and put nothing off, in the whole tree', () => {
    expect(privateText(files)).toEqual([]);
  });

  it.each([
    ['README.md', `cd ${root}/apps`],
    ['README.md', `see ${homedir() === '/' ? '/root' : homedir()}/notes.md`],
    ['README.md', 'open /home/alex/touchmark'],
    ['apps/local/src/start.ts', "const folder = '/Users/alex/touchmark';"],
    ['.npmrc', 'registry=https://packages.example'],
    ['README.md', 'npm install from https://registry.example.org/'],
    ['libs/money/src/index.ts', '// TODO round'],
    ['libs/money/src/index.ts', '// @ts-ignore'],
    ['libs/money/src/index.ts', '// eslint-disable-next-line'],
  ])('go red in %s for %s', (path, text) => {
    expect(privateText([file(path, text)])).toHaveLength(1);
  });

  it('may name routes, addresses of the web and folders of the system', () => {
    const text =
      'GET /work/main-print\nhttps://example.org/home/page\n/var/lib/postgresql\nomit-lockfile-registry-resolved=true';
    expect(privateText([file('README.md', text)])).toEqual([]);
  });
});
