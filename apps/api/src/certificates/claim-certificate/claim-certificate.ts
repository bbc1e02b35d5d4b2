import { Inject, Injectable } from '@nestjs/common';
import { type Hex, recoverSigner } from '@touchmark/certificates';
import { Blocks, ChainCalls, CoSigner, readAddress } from '../../chain/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import {
  Database,
  Transactions,
  claimRequest,
  newId,
  type Transaction,
} from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { RateLimits, networkOf } from '../../platform/limits/index.js';
import {
  ClaimCertificateInput,
  type ClaimCertificateOutcome,
  ClaimKeyWrong,
  ClaimRelayed,
  TooManyClaims,
} from './claim-certificate.types.js';
import { type ClaimProof, ClaimProofs, claimCall, coSignatureOf, digestToSign } from './claim-proof.js';
import { claimObstacle } from './claim-rules.js';
import { ClaimsRepository } from './claims.repository.js';

/** The purpose of the chain's calls that claim; their subject is the claim. */
export const CLAIM = 'claim';
const WINDOW_SECONDS = 60;

interface Asked {
  readonly certificateId: string;
  readonly recipient: Hex;
  readonly deadline: Date;
  readonly signature: Hex;
  readonly requestId: string;
}

/** What is put together before the transaction, which must not ask for a second connection. */
interface Prepared {
  readonly proof: ClaimProof | null;
  /** The time of the newest block, or ours while no node answers. */
  readonly atSeconds: number;
  /** The key that may sign this claim along, if any. */
  readonly coSignerKey: Hex | null;
}

/** Relays a claim to the chain. The piece's own key says who receives the token; the powerless gas key pays. */
@Injectable()
export class ClaimCertificate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimProofs) private readonly proofs: ClaimProofs,
    @Inject(CoSigner) private readonly coSigner: CoSigner,
    @Inject(Blocks) private readonly blocks: Blocks,
    @Inject(ChainCalls) private readonly calls: ChainCalls,
  ) {}

  /** `ip` is the address of whoever asks; its network may only have so many claims relayed in a minute. */
  async run(input: ClaimCertificateInput, ip: string): Promise<ClaimCertificateOutcome> {
    const { claimsPerMinute } = this.config;
    if (!(await this.limits.take(`claim:${networkOf(ip)}`, claimsPerMinute, WINDOW_SECONDS)))
      return new TooManyClaims(claimsPerMinute);
    const recipient = readAddress(input.recipient);
    if (recipient === null)
      return new InputRefused(
        'recipient',
        'The recipient is no address: expected 0x and 40 hex digits with a right checksum, and not zero.',
      );
    if (!isUuid(input.certificateId)) return new NotFound('certificate');
    if (input.deadline.getTime() < 0)
      return new InputRefused('deadline', 'The deadline is before 1970: expected the one that was prepared.');
    const asked: Asked = {
      certificateId: input.certificateId.toLowerCase(),
      recipient,
      deadline: new Date(Math.floor(input.deadline.getTime() / 1000) * 1000),
      signature: input.signature.toLowerCase() as Hex,
      requestId: input.requestId,
    };
    const prepared = await this.prepare(asked.certificateId);
    return this.transactions.run<'ClaimRelayed', ClaimCertificateOutcome>(['ClaimRelayed'], (tx) =>
      this.relay(tx, asked, prepared),
    );
  }

  private async prepare(certificateId: string): Promise<Prepared> {
    const piece = await this.claims.claimable(this.database, certificateId);
    const proof = piece && (await this.proofs.of(piece));
    const now = (await this.blocks.newestTime()) ?? (await this.database.now());
    const coSignerKey = piece && (await this.coSigner.keyFor(this.database, piece.coopId));
    return { proof, atSeconds: now.getTime() / 1000, coSignerKey };
  }

  private async relay(tx: Transaction, asked: Asked, prepared: Prepared): Promise<ClaimCertificateOutcome> {
    const { certificateId, requestId } = asked;
    const id = newId();
    // Nobody signs in to claim: a request belongs to the piece, whose key alone can make a good one.
    const { requestId: _, ...input } = asked;
    const request = {
      actorId: certificateId,
      operation: 'claimCertificate',
      requestId,
      input,
      subjectId: id,
    };
    const known = await claimRequest(tx, request);
    if (known.kind === 'Reused') return new RequestIdReused();
    if (known.kind === 'Seen') {
      const claim = await this.claims.byId(tx, known.subjectId);
      return claim === null ? new NotFound('claim') : new ClaimRelayed(claim);
    }
    const found = await this.claims.claimable(tx, certificateId);
    if (found === null) return new NotFound('certificate');
    await tx.lock('edition', found.coopId, [found.editionId]);
    return this.decide(tx, id, asked, prepared);
  }

  private async decide(
    tx: Transaction,
    id: string,
    asked: Asked,
    { proof, atSeconds, coSignerKey }: Prepared,
  ): Promise<ClaimCertificateOutcome> {
    const { certificateId, recipient, deadline, signature } = asked;
    const piece = await this.claims.claimable(tx, certificateId);
    if (piece === null) return new NotFound('certificate');
    const obstacle = claimObstacle(piece, proof, atSeconds, coSignerKey !== null);
    if (obstacle !== null) return obstacle;
    if (proof === null) return new NotFound('certificate');
    const seconds = Math.floor(deadline.getTime() / 1000);
    const recovered = recoverSigner(digestToSign(proof, { recipient, deadline: seconds }), signature);
    if (recovered.kind === 'SignatureRefused' || recovered.address !== piece.claimKey)
      return new ClaimKeyWrong();
    const claim = { coopId: piece.coopId, id, certificateId, recipient, deadline, signature };
    await this.claims.insert(tx, claim, await tx.now());
    const call = claimCall(proof, piece.digest, claim, coSignatureOf(piece, proof, claim, coSignerKey));
    await this.calls.enqueue(tx, {
      coopId: piece.coopId,
      purpose: CLAIM,
      subjectId: id,
      sender: 'gas',
      call,
    });
    const relayed = await this.claims.byId(tx, id);
    return relayed === null ? new NotFound('claim') : new ClaimRelayed(relayed);
  }
}
