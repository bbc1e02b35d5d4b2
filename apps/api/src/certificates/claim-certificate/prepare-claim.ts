import { Inject, Injectable } from '@nestjs/common';
import { Blocks, CoSigner, readAddress } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { badUserInput, isUuid } from '../../platform/graphql/index.js';
import type { ClaimPreparationType, ClaimProofType } from './claim-certificate.types.js';
import { type ClaimProof, ClaimProofs, type ClaimTerms, digestToSign } from './claim-proof.js';
import { claimObstacle } from './claim-rules.js';
import { type Claimable, ClaimsRepository } from './claims.repository.js';

const DEADLINE_DAYS = 7;
const DAY_SECONDS = 86_400;

/** Prepares a claim: what the piece's key has to sign, what stands in the way, and the proof that goes with it. */
@Injectable()
export class PrepareClaim {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimProofs) private readonly proofs: ClaimProofs,
    @Inject(CoSigner) private readonly coSigner: CoSigner,
    @Inject(Blocks) private readonly blocks: Blocks,
  ) {}

  async run(certificateId: string, to: string): Promise<ClaimPreparationType | null> {
    const recipient = readAddress(to);
    if (recipient === null)
      throw badUserInput('recipient is no address: expected 0x and 40 hex digits with a right checksum.');
    const piece = isUuid(certificateId) ? await this.claims.claimable(this.database, certificateId) : null;
    if (piece === null) return null;
    const proof = await this.proofs.of(piece);
    // The contract judges by the time of its blocks; while no node answers, ours is near enough.
    const now = (await this.blocks.newestTime()) ?? (await this.database.now());
    const coSigns = (await this.coSigner.keyFor(this.database, piece.coopId)) !== null;
    const obstacle = claimObstacle(piece, proof, now.getTime() / 1000, coSigns);
    const deadline = Math.floor(now.getTime() / 1000) + DEADLINE_DAYS * DAY_SECONDS;
    return {
      certificateId: piece.id,
      obstacle: obstacle?.message ?? null,
      claimedSince: piece.claimedAt,
      claimKey: piece.claimKey,
      recipient,
      deadline: new Date(deadline * 1000),
      proof: proof && proofOf(piece, proof, { recipient, deadline }),
    };
  }
}

function proofOf(piece: Claimable, proof: ClaimProof, terms: ClaimTerms): ClaimProofType {
  const { firstSerial, count, root, time, cosignUntil, path } = proof.inclusion;
  return {
    digest: digestToSign(proof, terms),
    ...proof.home,
    issuer: proof.issuer,
    edition: proof.edition.toString(),
    serial: proof.serial,
    certificateDigest: piece.digest,
    firstSerial,
    count,
    root,
    time: new Date(time * 1000),
    cosignUntil: cosignUntil === 0 ? null : new Date(cosignUntil * 1000),
    path: [...path],
  };
}
