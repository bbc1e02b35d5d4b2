import { Inject, Injectable } from '@nestjs/common';
import { type AfterRefusal, ChainCalls, CoSigner, type Refusal } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { CLAIM } from './claim-certificate.js';
import { ClaimProofs, claimCall, coSignatureOf } from './claim-proof.js';
import { ClaimsRepository } from './claims.repository.js';

// The contract's `ClaimOutcome`, by number: these will not change, whatever is waited for.
const FOR_GOOD = new Map([
  [1, 'Its deadline has passed.'],
  [3, 'The certificate was withdrawn.'],
  [4, 'The piece was claimed by another claim.'],
]);
const BATCH_UNKNOWN = 5;
const SUPERSEDED = 9;
const NOT_IN_BATCH = 10;
const CO_SIGNATURE_INVALID = 11;

/** Keeps a claim in step with its call: claimed in a block, on its way again when that is gone, given up for good. */
@Injectable()
export class FollowClaim {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChainCalls) calls: ChainCalls,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimProofs) private readonly proofs: ClaimProofs,
    @Inject(CoSigner) private readonly coSigner: CoSigner,
  ) {
    calls.onIncluded(CLAIM, (tx, { coopId, subjectId, blockTime }) =>
      claims.claimed(tx, coopId, subjectId, blockTime),
    );
    calls.onLost(CLAIM, (tx, { coopId, subjectId }) => claims.relayedAgain(tx, coopId, subjectId));
    calls.onRefused(CLAIM, {
      decide: ({ subjectId }, refusal) => this.afterRefusal(subjectId, refusal),
      givenUp: (tx, { coopId, subjectId }, words) => claims.giveUp(tx, coopId, subjectId, words),
    });
  }

  private async afterRefusal(claimId: string, { errorName, args }: Refusal): Promise<AfterRefusal> {
    if (errorName !== 'ClaimInvalid') return { kind: 'Wait' };
    const outcome = Number(args[1]);
    const words = FOR_GOOD.get(outcome);
    if (words !== undefined) return { kind: 'GiveUp', words };
    // After a reorganisation the batch has another time, and a replaced certificate another digest; the signature
    // of the piece's key covers neither. A co-signature begins to count with the naming of its key.
    if (![BATCH_UNKNOWN, SUPERSEDED, NOT_IN_BATCH, CO_SIGNATURE_INVALID].includes(outcome))
      return { kind: 'Wait' };
    const claim = await this.claims.byId(this.database, claimId);
    const piece = claim && (await this.claims.claimable(this.database, claim.certificateId));
    const proof = piece && (await this.proofs.of(piece));
    if (claim === null || piece === null || proof === null) return { kind: 'Wait' };
    const coSignature = coSignatureOf(
      piece,
      proof,
      claim,
      await this.coSigner.keyFor(this.database, piece.coopId),
    );
    return { kind: 'Send', call: claimCall(proof, piece.digest, claim, coSignature) };
  }
}
