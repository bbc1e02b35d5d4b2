import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { differences, snapshot } from './fresh.ts';
import { root } from './paths.ts';

describe('generated files', () => {
  it('are compared by content, and a new or missing one is named', () => {
    const before = new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]);
    const after = new Map([
      ['a', '1'],
      ['b', '2'],
      ['d', '1'],
    ]);
    expect(differences(before, before)).toEqual([]);
    expect(differences(before, after)).toEqual(['b was stale', 'c is no longer generated', 'd was missing']);
  });

  it('are found one by one and in folders at any depth', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fresh-'));
    try {
      mkdirSync(join(folder, 'abi/deep'), { recursive: true });
      writeFileSync(join(folder, 'schema.graphql'), 'type Query');
      writeFileSync(join(folder, 'abi/deep/a.ts'), 'export {};');
      const at = (name: string): string => relative(root, join(folder, name));
      const found = snapshot([at('schema.graphql'), at('abi'), at('nowhere')]);
      expect([...found.values()].sort()).toEqual(['export {};', 'type Query']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
