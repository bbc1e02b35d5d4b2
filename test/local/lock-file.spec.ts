import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { inRoot } from '../../apps/local/src/paths.ts';

interface Package {
  readonly version?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Where npm would find a dependency of the package at `place`, or null. */
function found(packages: Readonly<Record<string, Package>>, place: string, name: string): string | null {
  for (let folder: string | null = place; folder !== null;) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[candidate]) return candidate;
    const above: number = folder.lastIndexOf('/node_modules/');
    folder = folder === '' ? null : folder.slice(0, Math.max(above, 0));
  }
  return null;
}

/** Optional packages that a lock file does not hold: npm leaves out those its registry could not serve. */
function missingOptional(packages: Readonly<Record<string, Package>>): string[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => found(packages, place, name) === null)
      .map((name) => `${place} wants ${name}`),
  );
}

describe('the lock file', () => {
  it('holds the optional packages of every platform, else npm ci refuses it on all of them', () => {
    const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')) as {
      packages: Record<string, Package>;
    };
    expect(missingOptional(packages)).toEqual([]);
    expect(missingOptional({ 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } })).toEqual([
      'node_modules/a wants b',
    ]);
    const nested = {
      'node_modules/a': { optionalDependencies: { b: '1.0.0' } },
      'node_modules/a/node_modules/b': {},
    };
    expect(missingOptional(nested)).toEqual([]);
  });
});
