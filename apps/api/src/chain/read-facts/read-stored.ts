import type { AsOf, ChainFacts, EditionFacts, Hex } from '@touchmark/certificates';
import { tokenIdOf } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { PublicClient } from 'viem';
import { isRevert } from '../send-call/node-answers.js';

/** Which certificate is asked about. */
export interface FactsQuestion {
  /** The chain and the contract that it says it is made for. */
  readonly chainId: number;
  readonly contract: Hex;
  readonly issuer: Hex;
  readonly edition: bigint;
  readonly serial: number;
  readonly signer: Hex;
  /** Where the batch that it claims to be in starts; null when it claims none. */
  readonly firstSerial: number | null;
  /** The time of the block that it claims to be anchored in, in seconds; null when it claims none. */
  readonly anchoredAt: number | null;
}

const NO_WORD = `0x${'00'.repeat(32)}`;
const NOBODY = `0x${'00'.repeat(20)}`;

/** What the contract stores about one certificate at the block with this hash, on one node. */
export async function readStored(
  client: PublicClient,
  address: Hex,
  blockHash: Hex,
  question: FactsQuestion,
): Promise<Omit<ChainFacts, keyof AsOf>> {
  const { issuer, edition, signer, firstSerial } = question;
  const tokenId = tokenIdOf(question);
  const at = { abi: collectorReceiptsAbi, address, blockHash } as const;
  const [named, period, slot, commitment, status, replacement, missing, holder] = await Promise.all([
    client.readContract({ ...at, functionName: 'issuerOf', args: [issuer] }),
    client.readContract({ ...at, functionName: 'signerOf', args: [issuer, signer] }),
    client.readContract({ ...at, functionName: 'editionOf', args: [issuer, edition] }),
    firstSerial === null
      ? null
      : client.readContract({ ...at, functionName: 'batchOf', args: [issuer, edition, firstSerial] }),
    client.readContract({ ...at, functionName: 'statusOf', args: [tokenId] }),
    client.readContract({ ...at, functionName: 'replacementOf', args: [tokenId] }),
    client.readContract({ ...at, functionName: 'missingOf', args: [tokenId] }),
    client.readContract({ ...at, functionName: 'ownerOf', args: [tokenId] }).catch(nobodyWhenUnclaimed),
  ]);
  const [validFrom, retiredAt] = period;
  return {
    issuer: { domain: named[0], publisher: lower(named[1]) },
    signer: validFrom === 0n ? null : { validFrom: Number(validFrom), retiredAt: Number(retiredAt) },
    edition: editionFacts(slot),
    batchCommitment: commitment === NO_WORD ? null : commitment,
    status,
    replacement: replacement === NO_WORD ? null : replacement,
    holder: holder === null ? null : lower(holder),
    missing: missing[0] === NOBODY ? null : { reportedAt: Number(missing[1]) },
  };
}

function editionFacts(
  slot: readonly [Hex, number, number, number, number, boolean, number],
): EditionFacts | null {
  const [, size, anchored, , anchorUntil, exists, objectionSeconds] = slot;
  if (!exists) return null;
  // Closing lowers the size to what is anchored; an edition anchored in full is as final as a closed one.
  return { size, anchored, anchorUntil, objectionSeconds, closed: size === anchored };
}

/** ERC-721 answers for a token that nobody claimed by refusing. */
function nobodyWhenUnclaimed(error: unknown): null {
  if (isRevert(error) || isContractRevert(error)) return null;
  throw error;
}

function isContractRevert(error: unknown): boolean {
  return error instanceof Error && 'walk' in error && error.message.includes('reverted');
}

function lower(hex: Hex): Hex {
  return hex.toLowerCase() as Hex;
}
