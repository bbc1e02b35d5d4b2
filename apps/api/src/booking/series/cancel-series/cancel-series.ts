import { Inject, Injectable } from '@nestjs/common';
import { Postings } from '../../../payouts/index.js';
import { Transactions, claimRequest, type Transaction } from '../../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../../platform/graphql/index.js';
import type { BookingType } from '../../booking.types.js';
import { BookingsRepository } from '../../bookings.repository.js';
import { CancelBooking } from '../../cancel-booking/cancel-booking.js';
import type { LockedClaim } from '../../change-claim.js';
import { CellClaims } from '../../claims/cell-claims.js';
import { FreedWindows } from '../../claims/freed-windows.js';
import { PoliciesRepository } from '../../policy/policies.repository.js';
import { EvacuationsRepository } from '../../take-out-of-service/evacuations.repository.js';
import type { SeriesType } from '../series.types.js';
import { SeriesRepository } from '../series.repository.js';
import {
  NothingToCancel,
  SeriesCancelled,
  type CancelSeriesInput,
  type CancelSeriesOutcome,
} from './cancel-series.types.js';

/** Cancels all that is still to come of a series in one transaction, each for the fee of its own notice. */
@Injectable()
export class CancelSeries {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(CancelBooking) private readonly cancelBooking: CancelBooking,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(EvacuationsRepository) private readonly evacuations: EvacuationsRepository,
    @Inject(SeriesRepository) private readonly series: SeriesRepository,
  ) {}

  async run(accountId: string, input: CancelSeriesInput): Promise<CancelSeriesOutcome> {
    const { coopId, seriesId, requestId } = input;
    if (!isUuid(seriesId)) return new NotFound('series');
    const request = { actorId: accountId, operation: 'cancelSeries', requestId, input, subjectId: seriesId };
    return this.transactions.run<'SeriesCancelled', CancelSeriesOutcome>(['SeriesCancelled'], async (tx) => {
      const seen = await claimRequest(tx, request);
      if (seen.kind === 'Reused') return new RequestIdReused();
      const series = await this.series.ofMember(tx, coopId, seriesId, accountId);
      if (series === null) return new NotFound('series');
      return seen.kind === 'Seen' ? this.again(tx, series) : this.cancel(tx, series);
    });
  }

  private async cancel(tx: Transaction, series: SeriesType): Promise<CancelSeriesOutcome> {
    const { coopId, id, cellId, accountId } = series;
    await this.claims.lock(tx, coopId, [cellId], [accountId]);
    const ids = await this.series.coming(tx, coopId, id);
    // The claims before the books: who checks one of them out has its row and waits for the books.
    const locked = await Promise.all(ids.map((bookingId) => this.bookings.lockClaim(tx, coopId, bookingId)));
    const [policy, left, books] = await Promise.all([
      this.policies.load(tx, coopId),
      this.evacuations.outOfService(tx, coopId, ids),
      this.postings.openBooks(tx, [coopId]),
    ]);
    const cell = await this.claims.loadAhead(tx, coopId, cellId, await tx.now());
    if (cell === null) throw new Error(`cell ${cellId} is gone although a foreign key keeps it`);
    await this.claims.lapse(tx, cell);
    const cancelled: BookingType[] = [];
    for (const claim of locked) {
      if (claim === null) continue;
      const outOfService = left.has(claim.id);
      const of = { claim, cell, books, policy, outOfService, foundDead: false };
      const ended = await this.end(tx, of, accountId);
      if (ended !== null) cancelled.push(ended);
    }
    const { sequence } = cell.facts;
    if (cancelled.length === 0) return Object.assign(new NothingToCancel(), { sequence });
    this.series.cancel(tx, coopId, id, cell.now);
    await this.freed.settle(tx, cell);
    const done = { ...series, cancelledAt: series.cancelledAt ?? cell.now };
    return Object.assign(new SeriesCancelled(done, cancelled.length, feesOf(cancelled)), { sequence });
  }

  /** Null for an occurrence that has begun at this very moment. */
  private async end(tx: Transaction, locked: LockedClaim, actorId: string): Promise<BookingType | null> {
    const outcome = await this.cancelBooking.cancel(tx, locked, actorId);
    return outcome.kind === 'BookingCancelled' ? outcome.booking : null;
  }

  private async again(tx: Transaction, series: SeriesType): Promise<CancelSeriesOutcome> {
    const ids = await this.series.cancelledIds(tx, series);
    const cancelled = await this.bookings.byIds(tx, series.coopId, ids);
    return new SeriesCancelled(series, cancelled.length, feesOf(cancelled));
  }
}

function feesOf(cancelled: readonly BookingType[]): bigint {
  return cancelled.reduce((sum, booking) => sum + booking.chargedMinor, 0n);
}
