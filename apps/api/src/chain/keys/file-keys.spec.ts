import { describe, expect, it } from '@jest/globals';
import { addressOfKey } from '@touchmark/certificates';
import { issuerKeyOf } from './file-keys.js';

const root = `0x${'ab'.repeat(32)}` as const;

describe("a co-op's issuer key", () => {
  it('is the same each time, and another for another co-op or another root key', () => {
    const key = issuerKeyOf(root, 'coop-1');
    expect(issuerKeyOf(root, 'coop-1')).toBe(key);
    expect(issuerKeyOf(root, 'coop-2')).not.toBe(key);
    expect(issuerKeyOf(`0x${'cd'.repeat(32)}`, 'coop-1')).not.toBe(key);
  });

  it('is a valid private key of 32 bytes, whatever the co-op', () => {
    for (let count = 0; count < 200; count += 1) {
      const key = issuerKeyOf(root, `coop-${String(count)}`);
      expect(key).toMatch(/^0x[0-9a-f]{64}$/);
      expect(addressOfKey(key)).toMatch(/^0x[0-9a-f]{40}$/);
    }
  });
});
