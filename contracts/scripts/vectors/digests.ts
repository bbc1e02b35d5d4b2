import { hashDomain, hashTypedData, type Hex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';

import { rootOf, seeded } from './format.ts';
import {
  certificateOf,
  chainId,
  contract,
  coSigner,
  domain,
  edition,
  issuer,
  leavesOf,
  publisher,
  signer,
  types,
} from './scene.ts';

const signed = async (account: PrivateKeyAccount, digest: Hex) => ({
  digest,
  signer: account.address,
  signature: await account.sign({ hash: digest }),
});

/** EIP-712 digests of every signed message, with the signature over each (RFC 6979, low s). */
export async function digestVectors() {
  const certificates = [1, 2, 128].map((serial) => certificateOf(serial));
  const batch = [
    { firstSerial: 1, count: 5 },
    { firstSerial: 6, count: 128 },
  ];
  const anchors = batch.map((b) => ({
    issuer: issuer.address,
    edition,
    ...b,
    root: rootOf(leavesOf(b.firstSerial, b.count)),
  }));
  const recipient: Hex = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
  const claim = { issuer: issuer.address, edition, serial: 2, recipient, deadline: 1_800_000_000n };
  const claimText = { ...claim, edition: edition.toString(), deadline: claim.deadline.toString() };
  return {
    domain: {
      name: domain.name,
      version: domain.version,
      chainId,
      verifyingContract: contract,
      separator: hashDomain({
        domain: { ...domain, chainId: BigInt(chainId) },
        types: {
          EIP712Domain: [
            { name: 'name', type: 'string' },
            { name: 'version', type: 'string' },
            { name: 'chainId', type: 'uint256' },
            { name: 'verifyingContract', type: 'address' },
          ],
        },
      }),
    },
    certificates: await Promise.all(
      certificates.map(async (c) => ({
        serial: c.serial,
        tokenId: c.tokenId.toString(),
        documentRoot: c.message.documentRoot,
        claimKey: c.message.claimKey,
        leaf: c.leaf,
        ...(await signed(signer, c.digest)),
      })),
    ),
    anchors: await Promise.all(
      anchors.map(async (message) => ({
        ...message,
        edition: message.edition.toString(),
        ...(await signed(publisher, hashTypedData({ domain, types, primaryType: 'Anchor', message }))),
      })),
    ),
    cosignedAnchors: await Promise.all(
      anchors.slice(0, 1).map(async (facts) => {
        const message = { ...facts, cosignUntil: 1_800_000_000 };
        const digest = hashTypedData({ domain, types, primaryType: 'CosignedAnchor', message });
        return { ...message, edition: message.edition.toString(), ...(await signed(publisher, digest)) };
      }),
    ),
    claim: {
      ...claimText,
      ...(await signed(
        certificateOf(2).claimAccount,
        hashTypedData({ domain, types, primaryType: 'Claim', message: claim }),
      )),
    },
    coSign: {
      ...claimText,
      ...(await signed(coSigner, hashTypedData({ domain, types, primaryType: 'CoSign', message: claim }))),
    },
    keys: {
      note: 'Published test keys, derived from labels. Never use them on a public chain.',
      issuer: seeded('key issuer'),
      signer: seeded('key signer'),
      publisher: seeded('key publisher'),
      coSigner: seeded('key coSigner'),
      claimOfSerial2: seeded('key claim 2'),
    },
  };
}
