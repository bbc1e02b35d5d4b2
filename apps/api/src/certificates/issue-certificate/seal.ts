import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Hex } from '@touchmark/certificates';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Thrown when a sealed claim key does not open: another seal key, another token, or changed bytes. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/** Seals a claim key with AES-256-GCM, bound to its token: 12 bytes of nonce, the text, 16 bytes of tag. */
export function sealClaimKey(sealKey: Buffer, tokenId: string, claimKey: Hex): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(tokenId));
  const text = Buffer.concat([cipher.update(Buffer.from(claimKey.slice(2), 'hex')), cipher.final()]);
  return Buffer.concat([iv, text, cipher.getAuthTag()]);
}

/** Opens what `sealClaimKey` sealed for the same token; throws SealError otherwise. */
export function openClaimKey(sealKey: Buffer, tokenId: string, sealed: Buffer): Hex {
  const iv = sealed.subarray(0, IV_BYTES);
  const text = sealed.subarray(IV_BYTES, -TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(tokenId));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return `0x${Buffer.concat([decipher.update(text), decipher.final()]).toString('hex')}`;
  } catch (error) {
    throw new SealError('A sealed claim key does not open with this seal key for this token.', {
      cause: error,
    });
  }
}
