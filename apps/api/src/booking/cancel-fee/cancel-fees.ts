import { Inject, Injectable } from '@nestjs/common';
import { decideCancel } from '@touchmark/calendar';
import { Database } from '../../platform/database/index.js';
import type { BookingType } from '../booking.types.js';
import { BookingsRepository } from '../bookings.repository.js';
import { claimAt } from '../claim-at.js';
import { noticeFee, noticeFeeUntil, type Ended } from '../policy/fees.js';
import { PoliciesRepository } from '../policy/policies.repository.js';
import { EvacuationsRepository } from '../take-out-of-service/evacuations.repository.js';
import type { CancelFeeType } from './cancel-fee.types.js';

/** Tells what taking bookings back would cost now, by the decision that charges it. */
@Injectable()
export class CancelFees {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
    @Inject(EvacuationsRepository) private readonly evacuations: EvacuationsRepository,
  ) {}

  /** By the id of each of these claims of one co-op that its member can still cancel. */
  async of(coopId: string, ids: readonly string[]): Promise<Map<string, CancelFeeType>> {
    const [now, policy, left, claims] = await Promise.all([
      this.bookings.time(this.database),
      this.policies.load(this.database, coopId),
      this.evacuations.outOfService(this.database, coopId, ids),
      this.bookings.byIds(this.database, coopId, ids),
    ]);
    return new Map(
      claims
        .filter((claim) => canBeCancelled(claim, now))
        .map((claim) => [
          claim.id,
          feeOf({ claim, cell: { now }, policy, outOfService: left.has(claim.id) }),
        ]),
    );
  }
}

const canBeCancelled = (claim: BookingType, now: Date): boolean =>
  claim.accountId !== null && decideCancel(claimAt(claim, now)).kind === 'CancelAccepted';

function feeOf(ended: Ended): CancelFeeType {
  const { minor: feeMinor, keepsCredits, waivedBecause } = noticeFee(ended);
  const isPrepaid = ended.claim.priceLines.some((line) => line.code === 'credit');
  return { feeMinor, keepsPrepaid: keepsCredits && isPrepaid, waivedBecause, until: noticeFeeUntil(ended) };
}
