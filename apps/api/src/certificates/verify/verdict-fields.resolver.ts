import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/index.js';
import { Instant } from '../../platform/graphql/index.js';
import { RecordScan } from '../../taps/index.js';
import { ClaimsRepository } from '../claim-certificate/claims.repository.js';
import { VerdictType } from './verify.types.js';

/** What else is known of the piece of a verdict; it informs, and the verdict rests on none of it. */
@Resolver(() => VerdictType)
export class VerdictFieldsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
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
      'Since when the token of the piece is claimed, never by whom; null when nobody has, or not through this co-op.',
  })
  async claimedSince(@Parent() { place, certificateId }: VerdictType): Promise<Date | null> {
    if (place === null || certificateId === null) return null;
    const { coopId } = place;
    const known = await this.claims.ofCertificates(this.database, [{ coopId, id: certificateId }]);
    return known.get(`${coopId}/${certificateId}`) ?? null;
  }
}
