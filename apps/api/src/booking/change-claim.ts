import { Inject, Injectable } from '@nestjs/common';
import { Transactions, claimRequest, type Transaction } from '../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../platform/graphql/index.js';
import type { BookingType, ClaimInput } from './booking.types.js';
import { BookingsRepository } from './bookings.repository.js';

/** What every refusal and success of changing a claim has. */
interface Outcome {
  readonly kind: string;
}

/** One way to change a claim of one's own, under its station's lock. */
export interface ClaimChange<Kind extends string, Done extends Outcome> {
  readonly operation: string;
  /** The one kind of outcome that is kept. */
  readonly success: Kind;
  /** Decides on the locked claim and writes; returning anything but the success undoes all of it. */
  change(tx: Transaction, claim: BookingType): Promise<Done>;
  /** The success again, for a request that was made before. */
  again(claim: BookingType): Done;
}

/** Runs a change of a member's own claim once: request first, then station and claim locked, then the change. */
@Injectable()
export class ChangeClaim {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
  ) {}

  async run<const Kind extends string, Done extends Outcome>(
    accountId: string,
    input: ClaimInput,
    change: ClaimChange<Kind, Done>,
  ): Promise<Done | NotFound | RequestIdReused> {
    const { coopId, bookingId, requestId } = input;
    if (!isUuid(bookingId)) return new NotFound('booking');
    return this.transactions.run<Kind, Done | NotFound | RequestIdReused>([change.success], async (tx) => {
      const { operation } = change;
      const request = { actorId: accountId, operation, requestId, input, subjectId: bookingId };
      // Neither needs the other's answer, so they share a round trip.
      const [seen, claim] = await Promise.all([
        claimRequest(tx, request),
        this.bookings.lockClaim(tx, coopId, bookingId, accountId),
      ]);
      if (seen.kind === 'Reused') return new RequestIdReused();
      if (seen.kind === 'Seen') return this.again(tx, coopId, accountId, bookingId, change);
      return claim === null ? new NotFound('booking') : change.change(tx, claim);
    });
  }

  private async again<Kind extends string, Done extends Outcome>(
    tx: Transaction,
    coopId: string,
    accountId: string,
    bookingId: string,
    change: ClaimChange<Kind, Done>,
  ): Promise<Done | NotFound> {
    const [claim] = await this.bookings.byIds(tx, coopId, [bookingId]);
    return claim?.accountId === accountId ? change.again(claim) : new NotFound('booking');
  }
}
