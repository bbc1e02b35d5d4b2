import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ReasonName } from '@touchmark/certificates';
import { ClaimTimes } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { Instant } from '../../platform/graphql/index.js';
import { RecordScan } from '../../taps/index.js';
import { ClaimsRepository } from '../claim-certificate/claims.repository.js';
import { VerdictType } from './verify.types.js';

const CLAIMED: ReadonlySet<string> = new Set<ReasonName>(['CLAIMED', 'REPORTED_MISSING']);

/** What else is known of the piece of a verdict; it informs, and the verdict rests on none of it. */
@Resolver(() => VerdictType)
export class VerdictFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimTimes) private readonly claimTimes: ClaimTimes,
    @Inject(RecordScan) private readonly scans: RecordScan,
  ) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'What is odd about how the piece was opened, in general words; null when nothing is.',
  })
  async scanNotice(@Parent() { place }: VerdictType): Promise<string | null> {
    return place === null ? null : this.scans.noticeOf(place);
  }

  @ResolveField(() => Instant, {
    nullable: true,
    description:
      'Since when the token of the piece is claimed, never by whom; null when it is not, or no node tells since when.',
  })
  async claimedSince(@Parent() verdict: VerdictType): Promise<Date | null> {
    const { place, certificateId, piece, axes } = verdict;
    if (place === null || certificateId === null) return null;
    const { coopId } = place;
    const known = await this.claims.ofCertificates(this.database, [{ coopId, id: certificateId }]);
    const since = known.get(`${coopId}/${certificateId}`) ?? null;
    if (since !== null || piece === null) return since;
    // Whoever has the key may claim without the co-op; then only the chain knows.
    const isClaimed = axes.some(({ reasonName }) => CLAIMED.has(reasonName));
    return isClaimed ? this.claimTimes.of(BigInt(piece.tokenId)) : null;
  }
}
