import {
  encodeAbiParameters,
  hashTypedData,
  keccak256,
  parseSignature,
  signatureToCompactSignature,
  type Hex,
} from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';

import { EMPTY_PLACE, leafOf, pathOf, rootOf, seeded, tokenIdOf } from '../../scripts/vectors/format.ts';
import { types } from '../../scripts/vectors/scene.ts';
import { keyOf, keys, type Scene } from './scene.ts';

export type Batch = { firstSerial: number; count: number; root: Hex; time: bigint; cosignUntil: number };

/** The certificate of one serial as its signer would make it; `version` tells replacements apart. */
export function certificate(scene: Scene, edition: bigint, serial: number, version = 1) {
  const claimKey = keyOf(`claim ${String(serial)} ${String(version)}`);
  const tokenId = tokenIdOf(scene.issuer, edition, serial);
  const documentRoot = seeded(`document ${String(serial)} ${String(version)}`);
  const message = { tokenId, documentRoot, claimKey: claimKey.address };
  const digest = hashTypedData({ domain: domainOf(scene), types, primaryType: 'Certificate', message });
  return { tokenId, claimKey, digest, leaf: leafOf(tokenId, digest, claimKey.address) };
}

/** The EIP-712 domain of the contract in this scene. */
export function domainOf(scene: Scene) {
  return {
    name: 'Touchmark',
    version: '1',
    chainId: scene.chainId,
    verifyingContract: scene.address,
  } as const;
}

/** What the contract stores of a batch: keccak256(abi.encode(root, count, time, cosignUntil)). */
export function commitmentOf({ root, count, time, cosignUntil }: Omit<Batch, 'firstSerial'>): Hex {
  const words = [{ type: 'bytes32' }, { type: 'uint32' }, { type: 'uint64' }, { type: 'uint32' }] as const;
  return keccak256(encodeAbiParameters(words, [root, count, time, cosignUntil]));
}

/** The leaves of a batch of first versions. */
export function leavesOf(scene: Scene, edition: bigint, firstSerial: number, count: number): Hex[] {
  return Array.from({ length: count }, (_, i) => certificate(scene, edition, firstSerial + i).leaf);
}

/** A publisher's signature over a batch, by the message that its co-sign time asks for. */
export async function signAnchor(
  scene: Scene,
  edition: bigint,
  batch: Omit<Batch, 'time'>,
  key: PrivateKeyAccount = keys.publisher,
): Promise<Hex> {
  const { firstSerial, count, root, cosignUntil } = batch;
  const message = { issuer: scene.issuer, edition, firstSerial, count, root };
  const domain = domainOf(scene);
  return cosignUntil === 0
    ? key.signTypedData({ domain, types, primaryType: 'Anchor', message })
    : key.signTypedData({
        domain,
        types,
        primaryType: 'CosignedAnchor',
        message: { ...message, cosignUntil },
      });
}

/** A signature in the two words that `anchor` takes; nothing stands for "sent by the publisher itself". */
export function compact(signature: Hex | null): readonly [r: Hex, vs: Hex] {
  if (signature === null) return [EMPTY_PLACE, EMPTY_PLACE];
  const { r, yParityAndS } = signatureToCompactSignature(parseSignature(signature));
  return [r, yParityAndS];
}

/** The arguments that anchor a batch with the publisher's signature. */
export async function anchorArguments(
  scene: Scene,
  edition: bigint,
  firstSerial: number,
  count: number,
  cosignUntil = 0,
) {
  const root = rootOf(leavesOf(scene, edition, firstSerial, count));
  const signature = await signAnchor(scene, edition, { firstSerial, count, root, cosignUntil });
  const firstTokenId = tokenIdOf(scene.issuer, edition, firstSerial);
  return [firstTokenId, count, root, cosignUntil, ...compact(signature)] as const;
}

/** Anchors the batch of these serials through the relayer and returns its facts. */
export async function anchor(
  scene: Scene,
  edition: bigint,
  firstSerial: number,
  count: number,
  cosignUntil = 0,
): Promise<Batch> {
  const parameters = await anchorArguments(scene, edition, firstSerial, count, cosignUntil);
  await scene.receipts.write.anchor(parameters);
  return { firstSerial, count, root: parameters[2], time: BigInt(await scene.now()), cosignUntil };
}

export type ClaimChanges = {
  recipient?: Hex;
  deadline?: bigint;
  version?: number;
  claimKey?: PrivateKeyAccount;
  coSigner?: PrivateKeyAccount;
};

/** A claim of one serial for the collector, correct unless changed. */
export async function claimOf(
  scene: Scene,
  edition: bigint,
  batch: Batch,
  serial: number,
  changes: ClaimChanges = {},
) {
  const { claimKey, digest } = certificate(scene, edition, serial, changes.version);
  const message = {
    issuer: scene.issuer,
    edition,
    serial,
    recipient: changes.recipient ?? scene.collector,
    deadline: changes.deadline ?? 4_000_000_000n,
  };
  const domain = domainOf(scene);
  const key = changes.claimKey ?? claimKey;
  const coSign = changes.coSigner?.signTypedData({ domain, types, primaryType: 'CoSign', message });
  return {
    ...message,
    certificateDigest: digest,
    batch,
    path:
      changes.version === undefined
        ? pathOf(leavesOf(scene, edition, batch.firstSerial, batch.count), serial - batch.firstSerial)
        : [],
    claimSignature: await key.signTypedData({ domain, types, primaryType: 'Claim', message }),
    coSignature: (await coSign) ?? ('0x' as const),
  };
}
