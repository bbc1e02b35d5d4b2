import { Inject, Injectable } from '@nestjs/common';
import { Notices } from '../../notices/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound } from '../../platform/graphql/index.js';
import { CancelBooking } from '../cancel-booking/cancel-booking.js';
import { BookingCancelled, NotConfirmed } from '../cancel-booking/cancel-booking.types.js';
import { ChangeClaim, type LockedClaim } from '../change-claim.js';
import { noFee } from '../policy/fees.js';
import { refuseReason } from '../reason.js';
import { EvacuationsRepository } from '../take-out-of-service/evacuations.repository.js';
import { when } from '../take-out-of-service/tell-owners.js';
import type { CancelForMemberInput, CancelForMemberOutcome } from './cancel-for-member.types.js';

const BY_THE_WORKSHOP = 'The workshop cancelled it, so it costs nothing.';

/** Cancels the booking of a member, who has not asked for it: they pay nothing, and are told why. */
@Injectable()
export class CancelForMember {
  constructor(
    @Inject(ChangeClaim) private readonly changeClaim: ChangeClaim,
    @Inject(CancelBooking) private readonly cancelBooking: CancelBooking,
    @Inject(EvacuationsRepository) private readonly evacuations: EvacuationsRepository,
    @Inject(Notices) private readonly notices: Notices,
  ) {}

  async run(actorId: string, input: CancelForMemberInput): Promise<CancelForMemberOutcome> {
    const refused = refuseReason(input.reason);
    if (refused !== null) return refused;
    const actor = { accountId: actorId, anybodys: true };
    return this.changeClaim.free<'BookingCancelled', CancelForMemberOutcome>(actor, input, {
      operation: 'cancelForMember',
      success: 'BookingCancelled',
      change: (tx, locked) => this.cancel(tx, locked, actorId, input.reason.trim()),
      again: (_, booking) => Promise.resolve(new BookingCancelled(booking)),
    });
  }

  private async cancel(
    tx: Transaction,
    locked: LockedClaim,
    actorId: string,
    reason: string,
  ): Promise<CancelForMemberOutcome> {
    const { accountId } = locked.claim;
    // What has no member was planned by others, who take it back where it was planned.
    if (accountId === null) return new NotFound('booking');
    // Nobody escapes the fee of their own notice by a role.
    if (accountId === actorId)
      return new InputRefused('bookingId', 'This booking is your own. Cancel it in the calendar.');
    const outcome = await this.cancelBooking.cancel(tx, locked, actorId, noFee(BY_THE_WORKSHOP));
    if (outcome.kind === 'BookingCancelled') await this.tell(tx, locked, accountId, reason);
    if (outcome.kind !== 'NotConfirmed') return outcome;
    const message = `The slot is ${outcome.state}, not a booking. Only a confirmed booking can be cancelled; a hold lapses by itself.`;
    return new NotConfirmed(outcome.state, message);
  }

  private async tell(
    tx: Transaction,
    { claim, cell }: LockedClaim,
    accountId: string,
    reason: string,
  ): Promise<void> {
    const { coopId, cellId } = claim;
    const { slug, cellName } = await this.evacuations.facts(tx, coopId, cellId);
    await this.notices.tell(tx, [
      {
        ...{ coopId, accountId, kind: 'booking_cancelled', link: `/${slug}/calendar` },
        title: `Your time on ${cellName} was cancelled by the workshop`,
        body: `Your time ${when(cell.facts, claim)} was cancelled by the workshop: ${reason}. It costs you nothing: whatever was charged for it, and the prepaid minutes that it used, were given back.`,
      },
    ]);
  }
}
