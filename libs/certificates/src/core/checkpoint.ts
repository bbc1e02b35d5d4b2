import { type BundleRefused, refuseBundle } from '../bundle.js';
import type { BundleRead } from '../check-bundle.js';
import { canonicalJson } from '../canonical-json.js';
import { type Hex, sameHex } from '../hex.js';
import { readCanonical, readHome, readStateProof } from '../parse-parts.js';
import type { TrustRoot } from '../proof/facts-from-proof.js';
import type { BlockHeader } from '../proof/header.js';
import type { StateProof } from '../proof/proof.types.js';
import { readProof } from '../proof/state-proof.js';
import { decimalUint64, exactObject, hex, list, ShapeError, text, whole } from '../shape.js';
import type { ChainFacts, ChainUnavailable } from '../verdict/chain-facts.js';
import { type CheckpointFacts, checkpointFacts, type CheckpointScope } from './checkpoint-facts.js';
import type { CoreRead } from './parse-core.js';

/** The format name that every checkpoint carries. */
export const CHECKPOINT_FORMAT = 'touchmark.checkpoint/1';

/** What the contract stored of a whole edition at one final block, with its proof: what a page keeps to check codes by. */
export interface Checkpoint extends CheckpointScope {
  readonly format: typeof CHECKPOINT_FORMAT;
  readonly chainId: number;
  readonly contract: Hex;
  readonly proof: StateProof;
}

/** A checkpoint whose proof was walked; only `parseCheckpoint` makes one. Its block is yet to be compared with a trusted one. */
export interface CheckpointRead {
  readonly kind: 'CheckpointRead';
  readonly checkpoint: Checkpoint;
  readonly provenBlock: BlockHeader;
  readonly codeHash: Hex;
  readonly facts: CheckpointFacts;
}

const KEYS = [
  'format',
  'chainId',
  'contract',
  'issuer',
  'edition',
  'firstSerials',
  'signers',
  'proof',
] as const;
const MOST_BATCHES = 1024;
const MOST_SIGNERS = 64;

/** Writes a checkpoint as its only accepted text, canonical JSON. */
export function checkpointText(checkpoint: Checkpoint): string {
  return canonicalJson({ ...checkpoint, proof: { ...checkpoint.proof } });
}

/** Reads a checkpoint and walks its proof; hostile input is a refusal, never a throw. */
export function parseCheckpoint(input: Uint8Array | string): CheckpointRead | BundleRefused {
  try {
    return checkCheckpoint(readCheckpoint(readCanonical(input, 'The checkpoint')));
  } catch (error) {
    if (error instanceof ShapeError) return refuseBundle(error.reason, error.message);
    throw error;
  }
}

/** Walks the proof of a checkpoint. */
export function checkCheckpoint(checkpoint: Checkpoint): CheckpointRead | BundleRefused {
  const read = readProof(checkpoint.proof, checkpoint.contract, ({ header, codeHash, word }) => ({
    ...{ provenBlock: header, codeHash },
    facts: checkpointFacts(checkpoint, word),
  }));
  if ('kind' in read) return refuseBundle('PROOF_REFUSED', `${read.message} Fetch the checkpoint again.`);
  return { kind: 'CheckpointRead', checkpoint, ...read };
}

/**
 * The facts that a checkpoint holds of one certificate, as of its block, or what is missing: another block than the
 * trusted one, another edition, or a key or batch that it does not hold.
 */
export function factsFromCheckpoint(
  root: TrustRoot,
  { checkpoint, provenBlock, codeHash, facts }: CheckpointRead,
  { bundle }: CoreRead | BundleRead,
): ChainFacts | ChainUnavailable {
  const { issuer, edition, serial, signer, inclusion } = bundle;
  const { hash: blockHash, number: blockNumber, time: blockTime } = provenBlock;
  if (!sameHex(blockHash, root.blockHash)) return missing(`is of block ${blockHash}, not of a trusted one`);
  if (!sameHex(checkpoint.contract, root.contract)) return missing('is of another contract');
  if (root.codeHash !== null && !sameHex(codeHash, root.codeHash)) return missing('is of other code');
  if (checkpoint.issuer !== issuer || checkpoint.edition !== edition) return missing('is of another edition');
  const signed = facts.signers.get(signer);
  if (signed === undefined) return missing(`says nothing of the key ${signer}`);
  const first = inclusion?.firstSerial ?? null;
  const batchCommitment = first === null ? null : facts.batches.get(first);
  if (batchCommitment === undefined) return missing(`says nothing of a batch from serial ${String(first)}`);
  return {
    ...{ blockHash, blockNumber, blockTime, finality: 'final' as const },
    issuer: facts.issuer,
    signer: signed,
    edition: facts.edition,
    batchCommitment,
    status: facts.statuses.get(serial) ?? 0,
    replacement: facts.replacements.get(serial) ?? null,
    holder: null,
    missing: null,
    holderRead: false,
  };
}

function missing(words: string): ChainUnavailable {
  return { unavailable: `the checkpoint ${words}` };
}

function readCheckpoint(value: unknown): Checkpoint {
  const given = exactObject(value, 'The checkpoint', KEYS);
  if (text(given.format, 'format') !== CHECKPOINT_FORMAT)
    throw new ShapeError(
      'UNKNOWN_FORMAT',
      `The format is not "${CHECKPOINT_FORMAT}"; a newer verifier may read it.`,
    );
  const firstSerials = list(given.firstSerials, 'firstSerials', MOST_BATCHES, (item, at) =>
    whole(item, at, 1, 2 ** 32 - 1),
  );
  const signers = list(given.signers, 'signers', MOST_SIGNERS, (item, at) => hex(item, at, 20));
  return {
    format: CHECKPOINT_FORMAT,
    ...readHome(given.chainId, given.contract),
    issuer: hex(given.issuer, 'issuer', 20),
    edition: decimalUint64(given.edition, 'edition'),
    firstSerials: ascending(firstSerials, 'firstSerials'),
    signers: ascending(signers, 'signers'),
    proof: readStateProof(given.proof),
  };
}

/** One order, so one text: a list that is not ascending is refused. */
function ascending<T extends number | string>(items: readonly T[], at: string): readonly T[] {
  items.forEach((item, place) => {
    const before = items[place - 1];
    if (before !== undefined && before >= item)
      throw new ShapeError('OUT_OF_RANGE', `${at} does not ascend.`);
  });
  return items;
}
