import { Inject, Injectable } from '@nestjs/common';
import { Bookings, type BookingType } from '../booking/index.js';
import { Transactions, claimRequest, type Transaction } from '../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../platform/graphql/index.js';
import { LotsRepository } from './lots.repository.js';
import type { Key } from './runs.repository.js';

/** Names one booking, once. */
export interface BookingRequest {
  readonly coopId: string;
  readonly bookingId: string;
  readonly requestId: string;
}

/** What an operator does to a booking. */
export interface BookingChange<Outcome extends { readonly kind: string }> {
  readonly operation: string;
  readonly success: Outcome['kind'];
  /** Runs with the station locked, and the run when the booking belongs to one. */
  readonly change: (tx: Transaction, booking: BookingType, run: Key | null) => Promise<Outcome>;
  /** The outcome of the same request again. */
  readonly again: (booking: BookingType) => Outcome;
}

/** The frame of check-in and check-out: claim the request, lock the station and the run, load, change. */
@Injectable()
export class ChangeBooking {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Bookings) private readonly bookings: Bookings,
    @Inject(LotsRepository) private readonly lots: LotsRepository,
  ) {}

  async run<Outcome extends { readonly kind: string }>(
    actorId: string,
    input: BookingRequest,
    change: BookingChange<Outcome>,
  ): Promise<Outcome | NotFound | RequestIdReused> {
    if (!isUuid(input.bookingId)) return new NotFound('booking');
    return this.transactions.run<string, Outcome | NotFound | RequestIdReused>([change.success], (tx) =>
      this.inTransaction(tx, actorId, input, change),
    );
  }

  private async inTransaction<Outcome extends { readonly kind: string }>(
    tx: Transaction,
    actorId: string,
    input: BookingRequest,
    { operation, change, again }: BookingChange<Outcome>,
  ): Promise<Outcome | NotFound | RequestIdReused> {
    const { coopId, bookingId: subjectId, requestId } = input;
    const claim = await claimRequest(tx, { actorId, operation, requestId, input, subjectId });
    if (claim.kind === 'Reused') return new RequestIdReused();
    const [known] = await this.bookings.byIds(tx, coopId, [subjectId]);
    if (known === undefined) return new NotFound('booking');
    if (claim.kind === 'Seen') return again(known);
    await tx.lock('station', coopId, [known.stationId]);
    const run =
      known.runOperationId === null ? null : await this.lots.runOfOperation(tx, coopId, known.runOperationId);
    if (run !== null) await tx.lock('run', coopId, [run.id]);
    const [booking] = await this.bookings.byIds(tx, coopId, [subjectId]);
    if (booking === undefined) throw new Error(`booking ${subjectId} vanished under its lock`);
    return change(tx, booking, run);
  }
}
