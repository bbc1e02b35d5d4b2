import { EncodingError, fromHex, type Hex, keccak, toHex, uintBytes } from './hex.js';

/** What a token id is made of; serials start at 1. */
export interface TokenParts {
  readonly issuer: Hex;
  /** uint64, see editionId. */
  readonly edition: bigint;
  readonly serial: number;
}

/** The token id (uint256) of a piece: issuer in the upper 160 bits, then edition in 64, then serial in 32. */
export function tokenIdOf({ issuer, edition, serial }: TokenParts): bigint {
  if (serial === 0) throw new EncodingError('Got serial 0, expected 1 or more.');
  return BigInt(
    toHex(new Uint8Array([...fromHex(issuer, 20), ...uintBytes(edition, 8), ...uintBytes(serial, 4)])),
  );
}

/** Takes a token id apart again; throws EncodingError when it is no uint256. */
export function tokenPartsOf(tokenId: bigint): TokenParts {
  const bytes = uintBytes(tokenId, 32);
  return {
    issuer: toHex(bytes.subarray(0, 20)),
    edition: BigInt(toHex(bytes.subarray(20, 28))),
    serial: Number(BigInt(toHex(bytes.subarray(28, 32)))),
  };
}

/** The id (uint64) of an edition: first 8 bytes of keccak256(abi.encode(issuer, work, run)), both 32-byte names. */
export function editionId(issuer: Hex, work: Hex, run: Hex): bigint {
  const hash = keccak(new Uint8Array(12), fromHex(issuer, 20), fromHex(work, 32), fromHex(run, 32));
  return BigInt(toHex(hash.subarray(0, 8)));
}
