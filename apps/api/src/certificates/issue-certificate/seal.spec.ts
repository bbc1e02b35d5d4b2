import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Hex } from '@touchmark/certificates';
import { SealError, openClaimKey, sealClaimKey } from './seal.js';

const sealKey = randomBytes(32);
const claimKey: Hex = `0x${randomBytes(32).toString('hex')}`;

describe('a sealed claim key', () => {
  it('opens with the same seal key and token', () => {
    expect(openClaimKey(sealKey, '7', sealClaimKey(sealKey, '7', claimKey))).toBe(claimKey);
  });

  it('holds nothing of the key in the clear and is never sealed the same way twice', () => {
    const sealed = sealClaimKey(sealKey, '7', claimKey);
    expect(sealed.toString('hex')).not.toContain(claimKey.slice(2));
    expect(sealed.equals(sealClaimKey(sealKey, '7', claimKey))).toBe(false);
  });

  it('does not open for another token, with another seal key, or with a changed byte', () => {
    const sealed = sealClaimKey(sealKey, '7', claimKey);
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    expect(() => openClaimKey(sealKey, '8', sealed)).toThrow(SealError);
    expect(() => openClaimKey(randomBytes(32), '7', sealed)).toThrow(SealError);
    expect(() => openClaimKey(sealKey, '7', changed)).toThrow(SealError);
  });
});
