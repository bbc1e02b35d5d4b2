import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LAYOUT } from './slots.js';

interface StorageLayout {
  readonly storage: readonly { readonly label: string; readonly slot: string; readonly offset: number }[];
}

const file = new URL('../../../../contracts/abi/storage-layout.json', import.meta.url);
const layout = JSON.parse(readFileSync(file, 'utf8')) as StorageLayout;

describe('the slots of the contract', () => {
  it('are where the compiler lays them out', () => {
    const compiled = Object.fromEntries(
      layout.storage.map(({ label, slot, offset }) => [label, [Number(slot), offset]]),
    );
    const expected = Object.entries(LAYOUT).map(([label, slot]) => [label, [slot, 0]]);
    expect(expected.map(([label]) => [label, compiled[String(label)]])).toEqual(expected);
  });
});
