import { describe, expect, it } from '@jest/globals';
import { lockedAddresses, looseVersions, undecidedScripts } from './checkers/packages.js';
import { tree, type SourceFile } from './tree.js';

const files = tree();
const file = (path: string, content: unknown): SourceFile => ({ path, text: JSON.stringify(content) });

describe('versions', () => {
  it('are exact in every package.json', () => {
    expect(files.filter(({ path }) => path.endsWith('package.json')).length).toBeGreaterThan(7);
    expect(looseVersions(files)).toEqual([]);
  });

  it.each([
    '^1.2.3',
    '~1.2.3',
    '1.x',
    '*',
    'latest',
    '>=1.0.0',
    'git+ssh://host/x.git',
    'file:../x',
    'workspace:*',
  ])('go red for %s', (version) => {
    expect(looseVersions([file('libs/money/package.json', { dependencies: { x: version } })])).toHaveLength(
      1,
    );
    expect(
      looseVersions([file('libs/money/package.json', { devDependencies: { x: version } })]),
    ).toHaveLength(1);
  });
});

describe('install scripts', () => {
  it('are decided on one by one', () => {
    expect(undecidedScripts(files)).toEqual([]);
  });

  const lock = file('package-lock.json', {
    packages: {
      '': {},
      'node_modules/a/node_modules/@s/b': { hasInstallScript: true },
      'node_modules/c': {},
    },
  });

  it('go red when one is not decided on', () => {
    expect(undecidedScripts([file('package.json', { allowScripts: {} }), lock])).toHaveLength(1);
    expect(undecidedScripts([file('package.json', { allowScripts: { '@s/b': false } }), lock])).toEqual([]);
  });

  it('go red when a decision is about nothing', () => {
    expect(
      undecidedScripts([file('package.json', { allowScripts: { '@s/b': true, c: true } }), lock]),
    ).toHaveLength(1);
  });
});

describe('the lock file', () => {
  it('names no registry', () => {
    expect(lockedAddresses(files)).toEqual([]);
  });

  it('goes red for an address, and not for a workspace link', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', resolved: 'https://packages.example/a-1.0.0.tgz' },
      'node_modules/@touchmark/money': { resolved: 'libs/money', link: true },
    };
    expect(lockedAddresses([file('package-lock.json', { packages })])).toHaveLength(1);
  });
});
