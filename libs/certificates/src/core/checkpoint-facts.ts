import type { Hex } from '../hex.js';
import type { ReadWord } from '../proof/proof.types.js';
import { tokenSlots } from '../proof/slots.js';
import {
  batchFacts,
  editionFacts,
  issuerFacts,
  replacementFact,
  signerFacts,
  statusFact,
  type StoredFacts,
} from '../proof/stored.js';
import { ProofError } from '../proof/proof-error.js';
import { tokenIdOf } from '../token.js';

/** The edition that a checkpoint is of, and what it holds of it. */
export interface CheckpointScope {
  readonly issuer: Hex;
  readonly edition: string;
  /** Where its batches start, ascending. */
  readonly firstSerials: readonly number[];
  /** The signing keys of its certificates, ascending. */
  readonly signers: readonly Hex[];
}

/** What the contract stored at one block of a whole edition: of its issuer, batches, signers and each serial's status. */
export interface CheckpointFacts {
  readonly issuer: StoredFacts['issuer'];
  readonly edition: StoredFacts['edition'];
  readonly batches: ReadonlyMap<number, Hex | null>;
  readonly signers: ReadonlyMap<Hex, StoredFacts['signer']>;
  /** Only the serials that do not simply stand: 1 replaced, 2 and more withdrawn. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly replacements: ReadonlyMap<number, Hex | null>;
}

/** The largest number of anchored serials that a checkpoint holds: 64 storage words of status. */
export const MOST_CHECKPOINT_SERIALS = 4096;

/** Reads all that a checkpoint holds, word by word; throws ProofError for an edition that is too large for one. */
export function checkpointFacts(scope: CheckpointScope, word: ReadWord): CheckpointFacts {
  const { issuer, firstSerials, signers } = scope;
  const number = BigInt(scope.edition);
  const edition = editionFacts(issuer, number, word);
  const anchored = edition?.anchored ?? 0;
  if (anchored > MOST_CHECKPOINT_SERIALS)
    throw new ProofError(
      'MALFORMED',
      `the edition has ${anchored} serials, a checkpoint ${MOST_CHECKPOINT_SERIALS}`,
    );
  const marked: [number, number][] = [];
  for (let serial = 1; serial <= anchored; serial += 1) {
    const status = statusFact(issuer, number, serial, word);
    if (status !== 0) marked.push([serial, status]);
  }
  const replaced = marked.filter(([, status]) => status === 1).map(([serial]) => serial);
  return {
    issuer: issuerFacts(issuer, word),
    edition,
    batches: new Map(firstSerials.map((first) => [first, batchFacts(issuer, number, first, word)])),
    signers: new Map(signers.map((signer) => [signer, signerFacts(issuer, signer, word)])),
    statuses: new Map(marked),
    replacements: new Map(
      replaced.map((serial) => {
        const { replacement } = tokenSlots(tokenIdOf({ issuer, edition: number, serial }));
        return [serial, replacementFact(word(replacement, `the replacement of serial ${serial}`))];
      }),
    ),
  };
}
