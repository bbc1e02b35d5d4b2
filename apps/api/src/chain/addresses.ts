import type { Hex } from '@touchmark/certificates';
import { isAddress } from 'viem';

/** The address that a person typed, in lower case; null when it is none, is zero, or its checksum (EIP-55) is wrong. */
export function readAddress(text: string): Hex | null {
  const address = text.trim();
  if (!isAddress(address, { strict: true }) || /^0x0+$/.test(address)) return null;
  return address.toLowerCase() as Hex;
}
