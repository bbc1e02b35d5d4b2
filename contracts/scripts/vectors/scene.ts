import { hashTypedData, type Hex, type TypedDataDomain } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { editionId, leafOf, seeded, tokenIdOf } from './format.ts';

const key = (label: string) => privateKeyToAccount(seeded(`key ${label}`));

export const contract: Hex = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
export const chainId = 31337;
export const domain = {
  name: 'Touchmark',
  version: '1',
  chainId,
  verifyingContract: contract,
} as const satisfies TypedDataDomain;

export const issuer = key('issuer');
export const signer = key('signer');
export const publisher = key('publisher');
export const coSigner = key('coSigner');
export const work = seeded('work');
export const run = seeded('run');
export const edition = editionId(issuer.address, work, run);

export const claimFields = [
  { name: 'issuer', type: 'address' },
  { name: 'edition', type: 'uint64' },
  { name: 'serial', type: 'uint32' },
  { name: 'recipient', type: 'address' },
  { name: 'deadline', type: 'uint64' },
] as const;

export const types = {
  Certificate: [
    { name: 'tokenId', type: 'uint256' },
    { name: 'documentRoot', type: 'bytes32' },
    { name: 'claimKey', type: 'address' },
  ],
  Anchor: [
    { name: 'issuer', type: 'address' },
    { name: 'edition', type: 'uint64' },
    { name: 'firstSerial', type: 'uint32' },
    { name: 'count', type: 'uint32' },
    { name: 'root', type: 'bytes32' },
  ],
  CosignedAnchor: [
    { name: 'issuer', type: 'address' },
    { name: 'edition', type: 'uint64' },
    { name: 'firstSerial', type: 'uint32' },
    { name: 'count', type: 'uint32' },
    { name: 'root', type: 'bytes32' },
    { name: 'cosignUntil', type: 'uint32' },
  ],
  Claim: claimFields,
  CoSign: claimFields,
} as const;

/** The certificate of one serial of the vectors' edition: its document, keys, digest and leaf. */
export function certificateOf(serial: number) {
  const tokenId = tokenIdOf(issuer.address, edition, serial);
  const claimAccount = key(`claim ${String(serial)}`);
  const message = {
    tokenId,
    documentRoot: seeded(`document ${String(serial)}`),
    claimKey: claimAccount.address,
  };
  const digest = hashTypedData({ domain, types, primaryType: 'Certificate', message });
  return {
    serial,
    tokenId,
    claimAccount,
    message,
    digest,
    leaf: leafOf(tokenId, digest, claimAccount.address),
  };
}

/** The leaves of `count` consecutive serials from the first. */
export function leavesOf(firstSerial: number, count: number): Hex[] {
  return Array.from({ length: count }, (_, i) => certificateOf(firstSerial + i).leaf);
}
