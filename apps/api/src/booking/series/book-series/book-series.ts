import { Inject, Injectable } from '@nestjs/common';
import { CreditUses } from '../../../allowances/index.js';
import { Postings, type Book, type OpenBooks } from '../../../payouts/index.js';
import { claimRequest, newId, type Transaction } from '../../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../../platform/graphql/index.js';
import type { BookingType } from '../../booking.types.js';
import { BookingsRepository } from '../../bookings.repository.js';
import { CellClaims } from '../../claims/cell-claims.js';
import type { LockedCell } from '../../claims/locked-cell.js';
import { FamilyUnknown } from '../../hold-slot/hold-slot.types.js';
import { TakeHold, UNSETTLED, type Unsettled } from '../../hold-slot/take-hold.js';
import { TermsOfMany } from '../../terms/terms-of-many.js';
import { PriceAboveMax } from '../../terms/terms.types.js';
import {
  DecideOccurrence,
  occurrenceOf,
  type OccurrenceAgreed,
  type OccurrenceRefused,
  type SeriesWish,
} from '../decide-occurrence.js';
import { readSeries, type SeriesRead, type SeriesUnread } from '../read-series.js';
import { SeriesInvalidType, type SeriesType } from '../series.types.js';
import { SeriesRepository } from '../series.repository.js';
import {
  SeriesBooked,
  SeriesConflicts,
  type BookSeriesInput,
  type BookSeriesOutcome,
} from './book-series.types.js';

/** A cell, its member and its provider's books under their locks. */
interface Locked {
  readonly cell: LockedCell;
  readonly books: OpenBooks;
  readonly accountId: string;
}

/** An occurrence as it was written, and what is to be posted for its prepaid minutes. */
interface Made {
  readonly booking: BookingType;
  readonly spent: readonly Book['posting'][];
}

/** Books and charges all occurrences of a series in one transaction, or nothing. */
@Injectable()
export class BookSeries {
  constructor(
    @Inject(TakeHold) private readonly take: TakeHold,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(TermsOfMany) private readonly terms: TermsOfMany,
    @Inject(DecideOccurrence) private readonly decideOccurrence: DecideOccurrence,
    @Inject(CreditUses) private readonly credits: CreditUses,
    @Inject(Postings) private readonly postings: Postings,
    @Inject(BookingsRepository) private readonly bookings: BookingsRepository,
    @Inject(SeriesRepository) private readonly series: SeriesRepository,
  ) {}

  async run(accountId: string, input: BookSeriesInput): Promise<BookSeriesOutcome> {
    const { coopId, cellId, stationId } = input;
    if (!isUuid(cellId)) return new NotFound('cell');
    if (typeof stationId === 'string' && !isUuid(stationId)) return new NotFound('station');
    return this.take.run<'SeriesBooked', BookSeriesOutcome>(
      { coopId, cellId },
      'SeriesBooked',
      (tx, settled) => this.once(tx, accountId, input, settled),
    );
  }

  private async once(
    tx: Transaction,
    accountId: string,
    input: BookSeriesInput,
    settled: boolean,
  ): Promise<BookSeriesOutcome | Unsettled> {
    const { coopId, cellId, requestId } = input;
    const id = newId();
    const request = { actorId: accountId, operation: 'bookSeries', requestId, input, subjectId: id };
    const seen = await claimRequest(tx, request);
    if (seen.kind === 'Reused') return new RequestIdReused();
    if (seen.kind === 'Seen') return this.again(tx, coopId, seen.subjectId, accountId);
    await this.claims.lock(tx, coopId, [cellId], [accountId]);
    const books = await this.postings.openBooks(tx, [coopId]);
    const cell = await this.claims.loadAhead(tx, coopId, cellId, await tx.now());
    if (cell === null) return new NotFound('cell');
    if (cell.facts.waiting && (cell.hasDead || !settled)) return UNSETTLED;
    const outcome = await this.book(tx, { cell, books, accountId }, input, id);
    return Object.assign(outcome, { sequence: cell.facts.sequence });
  }

  private async book(
    tx: Transaction,
    locked: Locked,
    input: BookSeriesInput,
    id: string,
  ): Promise<BookSeriesOutcome> {
    const { cell, accountId } = locked;
    const stationId = input.stationId ?? null;
    if (stationId !== null && !cell.stations.some((station) => station.id === stationId))
      return new NotFound('station');
    const family = cell.familyOf(input.family);
    if (family === undefined) return new FamilyUnknown(input.family ?? '', cell.families);
    const wanted = leaveOut(readSeries(cell, input), input.leaveOut ?? []);
    if (wanted.kind !== 'SeriesRead') return wanted;
    const { coopId, cellId } = cell;
    const { firstAt, minutes } = input;
    const series: SeriesType = {
      ...{ coopId, id, cellId, accountId, rule: wanted.rule, family, minutes, firstAt },
      ...{ createdAt: cell.now, cancelledAt: null },
    };
    this.series.insert(tx, series);
    const wish = { family, stationId, useCredits: input.useCredits ?? false };
    const { made, refused } = await this.takeInTurn(tx, locked, wanted, wish, id);
    if (refused.length > 0) return new SeriesConflicts(refused.map(occurrenceOf), wanted.windows.length);
    const totalMinor = made.reduce((sum, { booking }) => sum + booking.priceMinor, 0n);
    const maxTotalMinor = input.maxTotalMinor ?? null;
    if (maxTotalMinor !== null && totalMinor > maxTotalMinor)
      return new PriceAboveMax(totalMinor, maxTotalMinor);
    await this.charge(locked, made);
    return new SeriesBooked(series, totalMinor);
  }

  /** Decides and writes occurrence after occurrence, each on what those before it left; one refused undoes them all. */
  private async takeInTurn(
    tx: Transaction,
    { cell, accountId }: Locked,
    { windows, stations }: SeriesRead,
    wish: SeriesWish,
    seriesId: string,
  ): Promise<{ made: Made[]; refused: OccurrenceRefused[] }> {
    const made: Made[] = [];
    const refused: OccurrenceRefused[] = [];
    for (const window of windows) {
      const [row] = await this.terms.read(tx, cell.coopId, cell.cellId, [{ accountId, window }]);
      if (row === undefined) throw new Error('terms were asked for and not answered');
      const own = { ...wish, stationId: stations.get(window) ?? wish.stationId };
      const decision = await this.decideOccurrence.run(tx, cell, row, window, own);
      if (decision.kind === 'OccurrenceRefused') refused.push(decision);
      else made.push(await this.write(tx, cell, accountId, seriesId, wish, decision));
    }
    return { made, refused };
  }

  private async write(
    tx: Transaction,
    cell: LockedCell,
    accountId: string,
    seriesId: string,
    { family }: SeriesWish,
    { window, decision, terms }: OccurrenceAgreed,
  ): Promise<Made> {
    const { priceMinor, priceLines, creditUses } = terms;
    const booking = await this.claims.put(
      tx,
      cell,
      {
        ...{ ...window, accountId, actorId: accountId, state: 'confirmed', origin: 'series', family },
        ...{ seriesId, priceMinor, priceLines, chargedMinor: priceMinor },
      },
      decision.placement,
    );
    if (creditUses.length === 0) return { booking, spent: [] };
    this.credits.use(tx, cell.coopId, booking.id, creditUses);
    // Spent at once, because what is only set aside counts for holds alone; the next occurrence must see it gone.
    return { booking, spent: await this.credits.spend(tx, cell.coopId, booking.id) };
  }

  private async charge({ cell, books, accountId: partyId }: Locked, made: readonly Made[]): Promise<void> {
    const { coopId } = cell;
    const postings = made.flatMap(({ booking, spent }): Book['posting'][] => {
      const { id: reference, priceMinor: amountMinor, currency } = booking;
      return [{ kind: 'booking_charged', reference, partyId, amountMinor, currency }, ...spent];
    });
    await books.post(postings.map((posting) => ({ coopId, posting })));
  }

  private async again(
    tx: Transaction,
    coopId: string,
    id: string,
    accountId: string,
  ): Promise<BookSeriesOutcome> {
    const series = await this.series.ofMember(tx, coopId, id, accountId);
    if (series === null) return new NotFound('series');
    const ids = (await this.series.bookingIds(tx, coopId, [id])).get(id) ?? [];
    const made = (await this.bookings.byIds(tx, coopId, ids)).filter(({ movedFrom }) => movedFrom === null);
    return new SeriesBooked(
      series,
      made.reduce((sum, booking) => sum + booking.priceMinor, 0n),
    );
  }
}

/** The series without the occurrences that are not wanted, each of which must be one of it. */
function leaveOut(series: SeriesRead | SeriesUnread, unwanted: readonly Date[]): SeriesRead | SeriesUnread {
  if (series.kind !== 'SeriesRead') return series;
  const starts = new Set(unwanted.map((at) => at.getTime()));
  const unknown = unwanted.find((at) => !series.windows.some(({ fromAt }) => fromAt === at.getTime()));
  if (unknown !== undefined) {
    const message = 'leaveOut names a start that the series does not have. Take the starts from its plan.';
    return new SeriesInvalidType('UNREADABLE', message);
  }
  const windows = series.windows.filter(({ fromAt }) => !starts.has(fromAt));
  return windows.length === 0
    ? new SeriesInvalidType('NO_OCCURRENCES', 'Every occurrence is left out. Keep one or more.')
    : { ...series, windows };
}
